// Points in time, to the millisecond, and how a CRM spells them in a body.
//
// All offices work by the clock of central Mexico, which has had no summer time since 2022
// and is given none before: six hours behind UTC.
#pragma once

#include "random.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pgcrm::gen {

using moment = std::chrono::sys_time<std::chrono::milliseconds>;

inline constexpr std::chrono::hours local_offset{-6};

// Half open: `until` is the first moment after it.
struct window {
    moment from;
    moment until;

    std::int64_t hours() const noexcept { return (until - from) / std::chrono::hours{1}; }

    // The moment after so many hundredths of the window.
    moment at_percent(std::int64_t percent) const noexcept { return from + (until - from) * percent / 100; }
};

// "2024-01-31", and nothing else.
std::optional<std::chrono::sys_days> parse_date(std::string_view text) noexcept;

struct time_spelling {
    bool has_milliseconds = true;
    bool is_zulu = true; // else with the local offset, as -06:00
};

void append_time(std::string &out, moment at, time_spelling how);
void append_date(std::string &out, moment at);
void append_local_time_of_day(std::string &out, moment at); // "16:30"

// `at` if somebody is at work then, else a moment in the morning that follows. Now and
// then somebody works at night or on a Sunday.
moment at_work(moment at, dice &random) noexcept;

} // namespace pgcrm::gen
