#include "core/text/time_zone.hpp"

#include <gtest/gtest.h>

namespace pgcrm {
namespace {

instant utc(const char *text) { return *parse_instant(text, false); }
day on(const char *text) { return *parse_day(text); }

TEST(time_zone, without_offsets_months_are_those_of_utc) {
    const time_zone zone({});
    EXPECT_EQ(zone.month_of(utc("2024-02-29T23:59:59.999999Z")), on("2024-02-01"));
    EXPECT_EQ(zone.month_of(utc("2024-03-01T00:00:00Z")), on("2024-03-01"));
}

TEST(time_zone, the_last_evening_of_a_month_west_of_utc_is_still_in_it) {
    const time_zone zone({{utc("1970-01-01T00:00:00Z"), -6 * 3600}});
    EXPECT_EQ(zone.month_of(utc("2024-03-01T05:59:59Z")), on("2024-02-01"));
    EXPECT_EQ(zone.month_of(utc("2024-03-01T06:00:00Z")), on("2024-03-01"));
}

TEST(time_zone, an_instant_before_the_first_offset_has_the_first_offset) {
    const time_zone zone({{utc("2000-01-01T00:00:00Z"), 3600}});
    EXPECT_EQ(zone.month_of(utc("1999-11-30T23:30:00Z")), on("1999-12-01"));
}

// America/St_Johns on 2009-11-01: at 00:01 clocks went back to 23:01 of 31 October.
TEST(time_zone, a_month_that_begins_twice_is_counted_by_the_clock) {
    const time_zone zone({{utc("2009-03-08T03:31:00Z"), -9000}, {utc("2009-11-01T02:31:00Z"), -12600}});
    EXPECT_EQ(zone.month_of(utc("2009-11-01T02:29:59Z")), on("2009-10-01"));
    EXPECT_EQ(zone.month_of(utc("2009-11-01T02:30:30Z")), on("2009-11-01"));
    EXPECT_EQ(zone.month_of(utc("2009-11-01T02:31:00Z")), on("2009-10-01"));
    EXPECT_EQ(zone.month_of(utc("2009-11-01T03:30:00Z")), on("2009-11-01"));
}

} // namespace
} // namespace pgcrm
