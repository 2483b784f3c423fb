// From the observations of one lead to its stays.
//
//   created S1      moved S2            won               moved S3 (reopens)
//   ├─── stay 1 ────┼────── stay 2 ─────┤    (closed)     ├──── stay 3 ── open ──>
//        advanced            won
//
// A stay is a maximal interval that a lead spends in one stage. The builder walks the
// observations once, in their total order, and is the only place where the rules live;
// crm_verify derives the same stays by SQL window functions.
#pragma once

#include "core/history/observation.hpp"
#include "core/history/stage_order.hpp"
#include "core/text/time_zone.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pgcrm {

enum class stay_outcome : std::uint8_t {
    advanced,
    moved_back,
    handed_off,
    won,
    lost,
    cancelled,
    deleted,
    open
};

// Texts are views into the observations' memory and into the stage order.
struct stay {
    std::int32_t stay_no = 0; // 1, 2, ... within the lead
    std::int32_t life_no = 0; // 1, 2, ... within the lead
    std::string_view stage_id;
    std::string_view pipeline;                // as the stage is defined now
    std::optional<std::string_view> owner;    // at entry
    std::optional<money> amount;              // at entry
    std::optional<money> exit_amount;         // after the observation that ended the stay
    std::optional<std::string_view> currency; // at entry
    instant entered_at;
    std::optional<instant> exited_at;
    day entry_month; // in the account's time zone
    std::optional<day> exit_month;
    stay_outcome outcome = stay_outcome::open;
    bool is_first_entry = false; // of this lead into this stage, over all its lives
    bool is_reopened = false;
    bool is_inferred = false; // by a change or a look that no move of the same instant has confirmed: the
                              // entry time is an upper bound
    std::string_view entry_event_id;
    std::optional<std::string_view> exit_event_id;

    friend bool operator==(const stay &, const stay &) = default;
};

// Where a lead stands after its last observation.
struct lead_state {
    std::optional<std::string_view> stage_id; // of its last stay; null as long as it has none
    std::optional<std::string_view> pipeline; // of that stage
    std::optional<instant> entered_at;        // that stay
    lead_status status = lead_status::open;
    std::optional<money> amount;
    std::optional<std::string_view> currency;
    std::optional<std::string_view> owner;
    std::optional<instant> created_at; // the creation that began the present life, if one did
    std::optional<instant> closed_at;  // when the present closed status began in this life
    std::optional<instant> deleted_at; // when it was deleted, if it is

    friend bool operator==(const lead_state &, const lead_state &) = default;
};

struct lead_history {
    std::vector<stay> stays; // in order of stay_no
    lead_state now;
};

// Puts the observations of one lead into their total order.
void sort_observations(std::span<observation> of_one_lead);

// `of_one_lead` is sorted, and every stage in it has a place in `order`.
lead_history build_history(std::span<const observation> of_one_lead, const stage_order &order,
                           const time_zone &zone);

std::string_view to_text(stay_outcome outcome) noexcept;
std::optional<stay_outcome> parse_stay_outcome(std::string_view text) noexcept;

} // namespace pgcrm
