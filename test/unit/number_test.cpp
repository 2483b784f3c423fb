// Numbers as JSON spells them.
#include "core/text/number.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace pgcrm {
namespace {

bool is_number(std::string_view text) { return parse_number(text).has_value(); }

whole_number whole(std::string_view text) { return to_whole_number(*parse_number(text)); }

bool fits(const std::string &text) { return fits_numeric(*parse_number(text)); }

void expect_whole(std::string_view text, std::int64_t expected) {
    EXPECT_EQ(whole(text).is, whole_number_outcome::whole) << text;
    EXPECT_EQ(whole(text).value, expected) << text;
}

TEST(numbers, follow_the_grammar_of_json) {
    for (const std::string_view text :
         {"0", "-0", "1", "-1", "10", "1.0", "1.50", "0.5", "-0.5", "1e1", "1E1", "1e+1", "1e-1", "1.5e10",
          "0e0", "0.0", "123456789012345678901234567890", "1e00001"})
        EXPECT_TRUE(is_number(text)) << text;
    for (const std::string_view text :
         {"",         "-",         "+1",  "01",    "-01", "00", ".5",      "5.",   "1.e1",
          "1e",       "1e+",       "e1",  "1e1.5", "1 ",  " 1", "1a",      "0x10", "NaN",
          "Infinity", "-Infinity", "1,5", "1_000", "--1", "1-", "\xD9\xA1"})
        EXPECT_FALSE(is_number(text)) << text;
}

TEST(whole_numbers, are_read_however_they_are_spelled) {
    expect_whole("0", 0);
    expect_whole("-0", 0);
    expect_whole("-0.000e99999999999999999999", 0);
    expect_whole("0e999999999", 0);
    expect_whole("5.0", 5);
    expect_whole("5.000e0", 5);
    expect_whole("5e2", 500);
    expect_whole("-5.25e2", -525);
    expect_whole("500e-2", 5);
    expect_whole("0.005e3", 5);
    expect_whole("12" + std::string(5000, '0') + "e-5000", 12);
    expect_whole("9223372036854775807", std::numeric_limits<std::int64_t>::max());
    expect_whole("-9223372036854775808", std::numeric_limits<std::int64_t>::min());
    expect_whole("9223372036854775807.0", std::numeric_limits<std::int64_t>::max());
    expect_whole("9.223372036854775807e18", std::numeric_limits<std::int64_t>::max());
}

TEST(whole_numbers, have_no_fraction) {
    for (const std::string_view text :
         {"0.5", "5.5", "-5.000001", "1e-1", "55e-1", "1e-999999999999999999999", "1.5e0"})
        EXPECT_EQ(whole(text).is, whole_number_outcome::not_whole) << text;
}

TEST(whole_numbers, fit_into_64_bits) {
    for (const std::string_view text :
         {"9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999",
          "1e19", "1e400", "1e999999999", "-1e99999999999999999999999", "184467440737095516160"})
        EXPECT_EQ(whole(text).is, whole_number_outcome::out_of_range) << text;
}

TEST(numeric, holds_131072_digits_before_the_point_and_16383_after_it) {
    EXPECT_TRUE(fits("1" + std::string(131'071, '0')));
    EXPECT_FALSE(fits("1" + std::string(131'072, '0')));
    EXPECT_TRUE(fits("1e131071"));
    EXPECT_TRUE(fits("-9.99e131071"));
    EXPECT_FALSE(fits("1e131072"));
    EXPECT_FALSE(fits("10e131071"));
    EXPECT_TRUE(fits("0.01e131073"));
    EXPECT_FALSE(fits("0.01e131074"));
    EXPECT_TRUE(fits("1e-16383"));
    EXPECT_FALSE(fits("1e-16384"));
    EXPECT_TRUE(fits("0." + std::string(16'383, '1')));
    EXPECT_FALSE(fits("0." + std::string(16'384, '1')));
    EXPECT_TRUE(fits("1." + std::string(16'384, '1') + "e1"));
    EXPECT_TRUE(fits(std::string(500, '9')));
    EXPECT_TRUE(fits("1e400"));
}

TEST(numeric, keeps_the_scale_of_a_zero_but_not_its_weight) {
    EXPECT_TRUE(fits("0e999999999"));
    EXPECT_TRUE(fits("-0.00e1000000"));
    EXPECT_FALSE(fits("0e-16384"));
    EXPECT_FALSE(fits("0." + std::string(16'384, '0')));
    EXPECT_FALSE(fits("0e1073741823"));
    EXPECT_FALSE(fits("0e99999999999999999999999999"));
}

TEST(plain_size, is_what_the_server_prints) {
    const auto size = [](std::string_view text) { return plain_size(*parse_number(text)); };
    EXPECT_EQ(size("0"), 1);
    EXPECT_EQ(size("1e5"), 6);
    EXPECT_EQ(size("-1.50e1"), 5); // -15.0
    EXPECT_EQ(size("1e-3"), 5);    // 0.001
    EXPECT_EQ(size("1e131071"), 131'072);
    EXPECT_EQ(size("0e100000"), 1);
}

TEST(scaled_numbers, cost_their_length_and_not_their_exponent) {
    EXPECT_EQ(to_scaled(*parse_number("1e-999999999999"), 2), 0);
    EXPECT_EQ(to_scaled(*parse_number("1e999999999999"), 2), std::nullopt);
    EXPECT_EQ(to_scaled(*parse_number("0e999999999999"), 2), 0);
    EXPECT_EQ(to_scaled(*parse_number("1e" + std::string(1'000'000, '9')), 2), std::nullopt);
    EXPECT_EQ(to_scaled(*parse_number("0." + std::string(1'000'000, '0') + "1e1000000"), 2), 10);
}

// What numeric_out makes of numeric_in, asked of a server.
TEST(numbers, are_printed_as_the_server_prints_them) {
    const auto printed = [](std::string_view text) {
        const number_parts number = *parse_number(text);
        std::string plain(static_cast<std::size_t>(plain_size(number)), '?');
        EXPECT_EQ(write_plain(number, plain.data()), plain.data() + plain.size()) << text;
        EXPECT_EQ(is_plain(text, number), text == plain) << text;
        return plain;
    };
    for (const std::string_view text :
         {"0", "7", "-7", "1.50", "1.0", "0.0", "-0.05", "10203040506070809000.10"})
        EXPECT_EQ(printed(text), text);
    EXPECT_EQ(printed("-0"), "0");
    EXPECT_EQ(printed("-0.00"), "0.00");
    EXPECT_EQ(printed("-0e5"), "0");
    EXPECT_EQ(printed("0e-3"), "0.000");
    EXPECT_EQ(printed("1e0"), "1");
    EXPECT_EQ(printed("1E+3"), "1000");
    EXPECT_EQ(printed("1.2345e10"), "12345000000");
    EXPECT_EQ(printed("1.50e1"), "15.0");
    EXPECT_EQ(printed("125e-1"), "12.5");
    EXPECT_EQ(printed("10e-1"), "1.0");
    EXPECT_EQ(printed("-125e-5"), "-0.00125");
    EXPECT_EQ(printed("0.005e3"), "5");
    EXPECT_EQ(printed("1E400"), "1" + std::string(400, '0'));
}

} // namespace
} // namespace pgcrm
