// Numbers as JSON spells them, read digit by digit: nothing passes through a double,
// and a text of n characters costs n steps, whatever its exponent says.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pgcrm {

// The parts of a number; its value is whole.fraction * 10^exponent.
struct number_parts {
    bool is_negative = false;
    std::string_view whole;    // digits before the point, at least one
    std::string_view fraction; // digits after it, may be none
    std::int64_t exponent = 0; // beyond ±10^15 it stands still there, far outside every bound
};

// By JSON's grammar, all of the text; none when it is no number.
std::optional<number_parts> parse_number(std::string_view text) noexcept;

// Whether numeric_in takes it: at most 131072 digits before the point and 16383 after it.
bool fits_numeric(const number_parts &number) noexcept;

// Whether `text`, of which these are the parts, is how the server prints the number: without an exponent, and
// no zero with a minus. Zeros at the end of a fraction stay: 1.50 is printed as 1.50.
bool is_plain(std::string_view text, const number_parts &number) noexcept;

// How many characters it takes as the server prints it. For a number that fits.
std::int64_t plain_size(const number_parts &number) noexcept;

// Writes it as the server prints it, and returns the end. For a number that fits.
char *write_plain(const number_parts &number, char *to) noexcept;

enum class whole_number_outcome : std::uint8_t { whole, not_whole, out_of_range };

struct whole_number {
    whole_number_outcome is = whole_number_outcome::not_whole;
    std::int64_t value = 0;
};

// 5, 5.0 and 50e-1 are the same whole number.
whole_number to_whole_number(const number_parts &number) noexcept;

// The value times 10^decimals, rounded half away from zero, when it has at most 18 digits.
std::optional<std::int64_t> to_scaled(const number_parts &number, std::int64_t decimals) noexcept;

} // namespace pgcrm
