// A change: something that happened in the CRM of an office at one moment, with the state
// of the lead right after it. It becomes one event for each subscription it matches.
//
// Millions of them may wait for their time, so it is small and holds no text.
#pragma once

#include "moment.hpp"

#include <cstdint>
#include <tuple>

namespace pgcrm::gen {

enum class lead_status : std::uint8_t { todo, standby, won, lost, cancelled };

constexpr bool is_closed(lead_status status) noexcept { return status >= lead_status::won; }

enum class subject_kind : std::uint8_t { lead, client_folder, step, pipeline };

// What happened; several may happen at once (a lead is won and moved to the last step).
namespace aspect {
inline constexpr std::uint16_t created = 1;
inline constexpr std::uint16_t moved = 1 << 1;    // to another step
inline constexpr std::uint16_t status = 1 << 2;   // has another status
inline constexpr std::uint16_t assigned = 1 << 3; // has another owner
inline constexpr std::uint16_t unassigned = 1 << 4;
inline constexpr std::uint16_t content = 1 << 5; // the description
inline constexpr std::uint16_t commented = 1 << 6;
inline constexpr std::uint16_t edited = 1 << 7; // anything else
inline constexpr std::uint16_t deleted = 1 << 8;
inline constexpr std::uint16_t filler = 1 << 9; // a comment that is told by one body, exactly
} // namespace aspect

struct lead_state {
    moment created_at;
    moment closed_at;        // if the status is a closed one
    moment reminder_at;      // if the status is standby
    std::int64_t amount = 0; // in hundredths
    std::uint16_t owner = 0; // index of the agent
    std::uint16_t tags = 0;  // a bit for each
    std::uint16_t comments = 0;
    std::uint8_t pipeline = 0;
    std::uint8_t step = 0; // index in the pipeline
    lead_status status = lead_status::todo;
    std::uint8_t edition = 0; // of the description
    bool has_owner = true;
    bool had_owner = true; // now or before
    bool has_amount = false;
    bool is_starred = false;
};

struct change {
    moment at;
    std::uint32_t subject = 0; // number of the lead or folder; pipeline * 256 + step
    std::uint16_t what = 0;    // aspects
    std::uint16_t order = 0;   // of the changes of one subject
    subject_kind kind = subject_kind::lead;
    lead_state lead;

    bool is(std::uint16_t aspects) const noexcept { return (what & aspects) != 0; }
    auto place() const noexcept { return std::tuple(at, kind, subject, order); }
};

} // namespace pgcrm::gen
