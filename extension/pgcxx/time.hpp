// Times as the server keeps them, with explicit doors to the Unix epoch.
//
// Infinity is a state and not a number: ask is_finite() first, the conversions to
// Unix time refuse an infinite value.
#pragma once

#include "pgcxx/error.hpp"

namespace pgcxx {
namespace detail {

inline constexpr std::int64_t days_between_epochs = POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE; // 1970 to 2000
inline constexpr std::int64_t micros_between_epochs = days_between_epochs * USECS_PER_DAY;

[[noreturn, gnu::cold]] inline void throw_time_out_of_range(const char *message) {
    throw error(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, message);
}

} // namespace detail

// timestamp with time zone: an instant.
struct timestamptz {
    std::int64_t microseconds = 0; // since 2000-01-01 00:00 UTC

    using unix_time = std::chrono::sys_time<std::chrono::microseconds>;

    static timestamptz from_unix_micros(std::int64_t unix_micros) {
        // the latest value in 64 bits is still in the server's range
        if (unix_micros < MIN_TIMESTAMP + detail::micros_between_epochs)
            detail::throw_time_out_of_range("timestamp out of range");
        return {unix_micros - detail::micros_between_epochs};
    }
    static timestamptz from(unix_time time) { return from_unix_micros(time.time_since_epoch().count()); }
    static constexpr timestamptz infinity() noexcept { return {std::numeric_limits<std::int64_t>::max()}; }
    static constexpr timestamptz minus_infinity() noexcept {
        return {std::numeric_limits<std::int64_t>::min()};
    }

    constexpr bool is_finite() const noexcept { return *this != infinity() && *this != minus_infinity(); }
    std::int64_t unix_micros() const {
        if (!is_finite())
            detail::throw_time_out_of_range("expected a finite timestamp, not infinity");
        if (microseconds > std::numeric_limits<std::int64_t>::max() - detail::micros_between_epochs)
            detail::throw_time_out_of_range("timestamp out of range");
        return microseconds + detail::micros_between_epochs;
    }
    explicit operator unix_time() const { return unix_time(std::chrono::microseconds(unix_micros())); }

    friend constexpr auto operator<=>(const timestamptz &, const timestamptz &) = default;
};

// date: a day of the civil calendar.
struct date {
    std::int32_t days = 0; // since 2000-01-01

    static date from_unix_days(std::int64_t unix_days) {
        std::int64_t const server_days = unix_days - detail::days_between_epochs;
        if (server_days < DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE ||
            server_days >= DATE_END_JULIAN - POSTGRES_EPOCH_JDATE)
            detail::throw_time_out_of_range("date out of range");
        return {static_cast<std::int32_t>(server_days)};
    }
    static date from(std::chrono::sys_days day) { return from_unix_days(day.time_since_epoch().count()); }
    static constexpr date infinity() noexcept { return {std::numeric_limits<std::int32_t>::max()}; }
    static constexpr date minus_infinity() noexcept { return {std::numeric_limits<std::int32_t>::min()}; }

    constexpr bool is_finite() const noexcept { return *this != infinity() && *this != minus_infinity(); }
    std::int32_t unix_days() const {
        if (!is_finite())
            detail::throw_time_out_of_range("expected a finite date, not infinity");
        return static_cast<std::int32_t>(days + detail::days_between_epochs);
    }
    explicit operator std::chrono::sys_days() const {
        return std::chrono::sys_days(std::chrono::days(unix_days()));
    }

    friend constexpr auto operator<=>(const date &, const date &) = default;
};

// interval: a month has no number of days and a day none of hours, so the three stay apart.
struct interval {
    std::int64_t microseconds = 0;
    std::int32_t days = 0;
    std::int32_t months = 0;
};

} // namespace pgcxx
