// Points in time and calendar months, without a clock and without a server.
//
// An instant is a count of microseconds since 1970-01-01 00:00 UTC: what every
// source's time becomes, and what a timestamptz holds (with another epoch).
// A day counts from 1970-01-01; a month is its first day.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pgcrm {

// Of a positive divisor, rounded towards the past.
constexpr std::int64_t floor_divide(std::int64_t number, std::int64_t divisor) noexcept {
    return number / divisor - (number % divisor < 0 ? 1 : 0);
}

struct instant {
    std::int64_t microseconds = 0; // since 1970-01-01 00:00:00 UTC
    friend auto operator<=>(const instant &, const instant &) = default;
};

struct day {
    std::int32_t number = 0; // since 1970-01-01
    friend auto operator<=>(const day &, const day &) = default;
};

struct civil_date {
    std::int32_t year;
    std::int32_t month;        // 1 to 12
    std::int32_t day_of_month; // 1 to 31
};

day day_from_civil(civil_date date) noexcept;
civil_date civil_from_day(day d) noexcept;

// First day of the month that `d` lies in.
day month_of(day d) noexcept;

// The times that an event may carry: 1970-01-01 up to, not including, 2200-01-01, UTC.
bool is_within_bounds(instant at) noexcept;

// Reads `YYYY-MM-DDThh:mm:ss`, a blank instead of the T, with or without a fraction
// (digits beyond microseconds are rounded half up), then `Z`, `+hh`, `+hhmm` or `+hh:mm`.
// Without a zone the text is read as UTC only when `zone_is_optional`.
// None when the text is no such time or the date does not exist; years are 1 to 9999.
std::optional<instant> parse_instant(std::string_view text, bool zone_is_optional) noexcept;

// Reads `YYYY-MM-DD`.
std::optional<day> parse_day(std::string_view text) noexcept;

// Dates as people write them: the order of day, month and year.
enum class date_order : std::uint8_t { dmy, mdy, ymd };

// Reads a date in that order, such as `9/1/2026`: day and month of one or two digits, the year of four,
// between them twice the same of `/`, `.` and `-`.
std::optional<day> parse_day(std::string_view text, date_order order) noexcept;

// The same date, then nothing (midnight), or a T or a blank and `hh:mm`, `hh:mm:ss` or that with a fraction,
// and after a time of day a zone as above; without one the text is read as UTC only when `zone_is_optional`.
std::optional<instant> parse_instant(std::string_view text, date_order order, bool zone_is_optional) noexcept;

// Room for any instant as text.
using instant_text = std::array<char, 40>;

// `2026-01-09T18:40:27Z`, with the fraction that is there: equal instants, equal texts.
std::string_view write_text(instant at, instant_text &buffer) noexcept;

// `2026-01-09`.
std::string_view write_text(day d, instant_text &buffer) noexcept;

} // namespace pgcrm
