// An observation: what one event says of one lead at one time.
//
// Texts are views into memory that the caller keeps (the body, an arena, a query
// result); an observation owns nothing and is cheap to copy.
#pragma once

#include "core/text/instant.hpp"
#include "core/text/money.hpp"

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>

namespace pgcrm {

enum class observation_kind : std::uint8_t { created, moved, changed, snapshot, deleted };

enum class lead_status : std::uint8_t { open, won, lost, cancelled };

// What an event does not say stays as it was; a null that is said means "none".
template <class T> struct said {
    bool is_said = false;
    std::optional<T> value;
    friend bool operator==(const said &, const said &) = default;
};

struct observation {
    std::string_view lead_id;
    instant occurred_at;
    std::int64_t sequence = 0; // the source's own order within an instant, 0 where it has none
    observation_kind kind = observation_kind::changed;
    std::string_view event_id;
    std::string_view origin;                  // the stream
    std::optional<std::string_view> stage_id; // null: unsaid
    std::optional<std::string_view> stage;    // the stage's name, as this event spells it
    std::optional<std::string_view> pipeline;
    std::optional<lead_status> status; // null: unsaid
    said<money> amount;
    said<std::string_view> currency;
    said<std::string_view> owner;
};

// The total order of the observations of one lead. Within an instant a lead is created first; then come looks
// at it, which tell a state and no step; then what happened to it, as the source numbers it.
bool comes_before(const observation &a, const observation &b) noexcept;

// Of the ids of two events: below 0, 0 or above. Numbers of any length stand before all other ids and compare
// as numbers, which is how a source counts its events; what remains equal, and all others, by their bytes.
int compare_event_ids(std::string_view a, std::string_view b) noexcept;

std::string_view to_text(observation_kind kind) noexcept;
std::string_view to_text(lead_status status) noexcept;
std::optional<observation_kind> parse_observation_kind(std::string_view text) noexcept;
std::optional<lead_status> parse_lead_status(std::string_view text) noexcept;

// One key out of several parts: of a stage to which the source gives no id (pipeline, name), and of a
// record whose key has several columns. The parts are joined by '/', inside a part '~' is spelled ~0
// and '/' ~1, so that other parts make another key. A key longer than `limit` bytes is replaced by its
// SHA-256 in hex, which has no '/' and so is no other parts' key.
std::string_view joined_key(std::span<const std::string_view> parts, std::size_t limit,
                            std::pmr::memory_resource &arena);

// A copy that lives as long as the arena.
std::string_view copy_text(std::string_view text, std::pmr::memory_resource &arena);

} // namespace pgcrm
