// Times and dates: what is read, what is refused, and that the calendar is right on every day.
#include "core/text/instant.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

namespace pgcrm {
namespace {

constexpr std::int64_t second = 1'000'000;

std::optional<std::int64_t> read(std::string_view text, bool zone_is_optional = false) {
    const std::optional<instant> at = parse_instant(text, zone_is_optional);
    return at ? std::optional(at->microseconds) : std::nullopt;
}

std::string written(std::int64_t microseconds) {
    instant_text buffer;
    return std::string(write_text(instant{microseconds}, buffer));
}

std::string written(day d) {
    instant_text buffer;
    return std::string(write_text(d, buffer));
}

TEST(civil_dates, agree_with_the_standard_library_on_every_day_of_the_bounds) {
    for (std::int32_t number = -200'000; number <= 200'000; ++number) {
        const std::chrono::year_month_day expected{std::chrono::sys_days{std::chrono::days{number}}};
        const civil_date found = civil_from_day(day{number});
        ASSERT_EQ(found.year, static_cast<int>(expected.year()));
        ASSERT_EQ(found.month, static_cast<std::int32_t>(static_cast<unsigned>(expected.month())));
        ASSERT_EQ(found.day_of_month, static_cast<std::int32_t>(static_cast<unsigned>(expected.day())));
        ASSERT_EQ(day_from_civil(found).number, number);
    }
}

TEST(civil_dates, are_reversible_at_the_ends_of_what_a_day_holds) {
    for (const std::int32_t number :
         {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()})
        EXPECT_EQ(day_from_civil(civil_from_day(day{number})).number, number);
}

TEST(months, are_their_first_day) {
    EXPECT_EQ(month_of(day_from_civil({2024, 2, 29})), day_from_civil({2024, 2, 1}));
    EXPECT_EQ(month_of(day_from_civil({2024, 3, 1})), day_from_civil({2024, 3, 1}));
    EXPECT_EQ(month_of(day_from_civil({1969, 12, 31})), day_from_civil({1969, 12, 1}));
}

TEST(bounds_of_time, are_1970_to_2199) {
    EXPECT_FALSE(is_within_bounds(*parse_instant("1969-12-31T23:59:59.999999Z", false)));
    EXPECT_TRUE(is_within_bounds(*parse_instant("1970-01-01T00:00:00Z", false)));
    EXPECT_TRUE(is_within_bounds(*parse_instant("2199-12-31T23:59:59.999999Z", false)));
    EXPECT_FALSE(is_within_bounds(*parse_instant("2200-01-01T00:00:00Z", false)));
}

TEST(instants, are_read_in_every_form_that_sources_use) {
    const std::int64_t expected = 1'767'984'027 * second; // 2026-01-09 18:40:27 UTC
    EXPECT_EQ(read("2026-01-09T18:40:27Z"), expected);
    EXPECT_EQ(read("2026-01-09 18:40:27Z"), expected);
    EXPECT_EQ(read("2026-01-09T18:40:27.000Z"), expected);
    EXPECT_EQ(read("2026-01-09T12:40:27-06:00"), expected);
    EXPECT_EQ(read("2026-01-09T12:40:27-0600"), expected);
    EXPECT_EQ(read("2026-01-09T12:40:27-06"), expected);
    EXPECT_EQ(read("2026-01-10T00:25:27+05:45"), expected);
    EXPECT_EQ(read("2026-01-09T18:40:27-00:00"), expected);
    EXPECT_EQ(read("2026-01-09T18:40:27.5Z"), expected + 500'000);
}

TEST(instants, without_a_zone_are_utc_only_where_the_mapping_says_so) {
    EXPECT_EQ(read("2026-01-09 18:40:27"), std::nullopt);
    EXPECT_EQ(read("2026-01-09 18:40:27", true), 1'767'984'027 * second);
    EXPECT_EQ(read("2026-01-09 18:40:27.25", true), 1'767'984'027 * second + 250'000);
    EXPECT_EQ(read("2026-01-09 18:40:27+01", true), (1'767'984'027 - 3600) * second);
}

TEST(instants, round_a_fraction_half_up_to_microseconds) {
    EXPECT_EQ(read("1970-01-01T00:00:00.0000004Z"), 0);
    EXPECT_EQ(read("1970-01-01T00:00:00.0000005Z"), 1);
    EXPECT_EQ(read("1970-01-01T00:00:00.00000049999999999999999999Z"), 0);
    EXPECT_EQ(read("1970-01-01T00:00:00.1234567890123Z"), 123'457);
    EXPECT_EQ(read("1970-01-01T23:59:59.9999995Z"), 86'400 * second);
    EXPECT_EQ(read("1969-12-31T23:59:59.9999995Z"), 0);
    EXPECT_EQ(read("1970-01-01T00:00:00." + std::string(100'000, '9') + "Z"), second);
}

TEST(instants, take_a_leap_second_as_the_next_second) {
    EXPECT_EQ(read("2016-12-31T23:59:60Z"), read("2017-01-01T00:00:00Z"));
}

TEST(instants, that_do_not_exist_are_refused) {
    for (const std::string_view text :
         {"2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-00-10T00:00:00Z",
          "2024-13-10T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-32T00:00:00Z", "0000-01-01T00:00:00Z",
          "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z", "2024-01-01T00:00:00+16:00",
          "2024-01-01T00:00:00+01:60"})
        EXPECT_EQ(read(text, true), std::nullopt) << text;
    EXPECT_TRUE(read("2000-02-29T00:00:00Z"));
    EXPECT_TRUE(read("9999-12-31T23:59:59+15:59"));
}

TEST(instants, of_another_form_are_refused) {
    for (const std::string_view text : {"",
                                        " ",
                                        "2024",
                                        "2024-01-01",
                                        "2024-01-01T",
                                        "2024-01-01T00:00",
                                        "2024-01-01T00:00Z",
                                        "2024-01-01T000000Z",
                                        "20240101T000000Z",
                                        "2024-1-1T00:00:00Z",
                                        "2024-01-01T0:00:00Z",
                                        "2024-01-01T00:00:00.Z",
                                        "2024-01-01T00:00:00,5Z",
                                        "2024-01-01T00:00:00ZZ",
                                        "2024-01-01T00:00:00Z ",
                                        " 2024-01-01T00:00:00Z",
                                        "2024-01-01T00:00:00 Z",
                                        "2024-01-01T00:00:00+",
                                        "2024-01-01T00:00:00+1",
                                        "2024-01-01T00:00:00+01:",
                                        "2024-01-01T00:00:00+01:0",
                                        "2024-01-01T00:00:00+010",
                                        "2024-01-01T00:00:00+01000",
                                        "2024-01-01t00:00:00z",
                                        "+2024-01-01T00:00:00Z",
                                        "-024-01-01T00:00:00Z",
                                        "2024/01/01 00:00:00Z",
                                        "12024-01-01T00:00:00Z",
                                        "2024-01-01T00:00:00 UTC",
                                        "1767984027"})
        EXPECT_EQ(read(text, true), std::nullopt) << text;
    EXPECT_EQ(read(std::string_view("2024-01-01T00:00:00\0Z", 21)), std::nullopt);
}

TEST(instants, are_written_so_that_they_are_read_again_as_the_same) {
    EXPECT_EQ(written(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(written(-1), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(written(1'767'984'027 * second), "2026-01-09T18:40:27Z");
    EXPECT_EQ(written(1'767'984'027 * second + 500'000), "2026-01-09T18:40:27.5Z");
    for (std::int64_t at = -7'000'000'000'000'000; at < 7'200'000'000'000'000; at += 999'983'000'017)
        ASSERT_EQ(read(written(at)), at);
}

TEST(instants, are_written_at_the_ends_of_their_range) {
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::max()), "294247-01-10T04:00:54.775807Z");
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-290308-12-21T19:59:05.224192Z");
}

TEST(days, are_read_and_written) {
    EXPECT_EQ(parse_day("1970-01-01"), day{0});
    EXPECT_EQ(parse_day("2024-02-29"), day{19'782});
    EXPECT_EQ(written(day{19'782}), "2024-02-29");
    for (const std::string_view text :
         {"", "2023-02-29", "2024-2-1", "2024-02-01T00:00:00Z", "2024-02-01 ", "20240201"})
        EXPECT_EQ(parse_day(text), std::nullopt) << text;
}

} // namespace
} // namespace pgcrm
