// Amounts: exact, rounded once, and as the server rounds them.
#include "core/text/money.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace pgcrm {
namespace {

std::optional<std::int64_t> read(std::string_view text) {
    const std::optional<money> amount = parse_money(text);
    return amount ? std::optional(amount->hundredths) : std::nullopt;
}

TEST(money, is_read_as_hundredths) {
    EXPECT_EQ(read("0"), 0);
    EXPECT_EQ(read("-0"), 0);
    EXPECT_EQ(read("1"), 100);
    EXPECT_EQ(read("2450000.0"), 245'000'000);
    EXPECT_EQ(read("12.5"), 1250);
    EXPECT_EQ(read("-12.34"), -1234);
    EXPECT_EQ(read("1e3"), 100'000);
    EXPECT_EQ(read("1.234E+1"), 1234);
    EXPECT_EQ(read("12345e-3"), 1235);
    EXPECT_EQ(read("0.1"), 10);
}

TEST(money, rounds_half_away_from_zero) {
    EXPECT_EQ(read("0.004999999999999999999999"), 0);
    EXPECT_EQ(read("0.005"), 1);
    EXPECT_EQ(read("-0.005"), -1);
    EXPECT_EQ(read("-0.0049"), 0);
    EXPECT_EQ(read("1.005"), 101); // a double would say 1.00
    EXPECT_EQ(read("2.675"), 268);
    EXPECT_EQ(read("9.995"), 1000);
    EXPECT_EQ(read("99.994" + std::string(500, '9')), 9999);
    EXPECT_EQ(read("5e-3"), 1);
    EXPECT_EQ(read("4e-3"), 0);
    EXPECT_EQ(read("5e-4"), 0);
    EXPECT_EQ(read("9e-999999999"), 0);
}

TEST(money, is_below_ten_to_the_fifteenth) {
    EXPECT_EQ(read("999999999999999.99"), 99'999'999'999'999'999);
    EXPECT_EQ(read("-999999999999999.99"), -99'999'999'999'999'999);
    EXPECT_EQ(read("999999999999999.994"), 99'999'999'999'999'999);
    EXPECT_EQ(read("999999999999999.995"), std::nullopt);
    EXPECT_EQ(read("1000000000000000"), std::nullopt);
    EXPECT_EQ(read("-1e15"), std::nullopt);
    EXPECT_EQ(read("1e999999999"), std::nullopt);
    EXPECT_EQ(read(std::string(500, '9')), std::nullopt);
    EXPECT_EQ(read("1" + std::string(500, '0') + "e-500"), 100);
    EXPECT_EQ(read("0." + std::string(500, '0') + "1e501"), 100);
}

TEST(money, is_a_json_number) {
    for (const std::string_view text :
         {"", "abc", "1,5", "$5", " 5", "5 ", "+5", "05", ".5", "5.", "1e", "NaN", "--5"})
        EXPECT_EQ(read(text), std::nullopt) << text;
}

TEST(money, is_written_with_two_decimals) {
    EXPECT_EQ(to_text(money{0}), "0.00");
    EXPECT_EQ(to_text(money{5}), "0.05");
    EXPECT_EQ(to_text(money{-5}), "-0.05");
    EXPECT_EQ(to_text(money{-1250}), "-12.50");
    EXPECT_EQ(to_text(money{99'999'999'999'999'999}), "999999999999999.99");
    EXPECT_EQ(to_text(money{std::numeric_limits<std::int64_t>::min()}), "-92233720368547758.08");
}

TEST(money, survives_writing_and_reading) {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> hundredths(-99'999'999'999'999'999, 99'999'999'999'999'999);
    for (int i = 0; i < 10'000; ++i) {
        const money amount{hundredths(random)};
        ASSERT_EQ(parse_money(to_text(amount)), amount);
    }
}

} // namespace
} // namespace pgcrm
