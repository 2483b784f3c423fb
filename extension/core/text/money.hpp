// Amounts as exact numbers of hundredths.
//
// PostgreSQL keeps money as numeric; inside the engine an amount is rounded to
// two decimals once, when it is observed (half away from zero, as round(numeric, 2)
// does), and from then on it is an integer. |amount| < 10^15, so sums of any batch fit.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pgcrm {

struct number_parts;

struct money {
    std::int64_t hundredths = 0;
    friend auto operator<=>(const money &, const money &) = default;
};

// Reads a JSON number (sign, fraction and exponent as JSON allows them).
// None when the text is no number, or 10^15 or more (rounded, without its sign).
std::optional<money> parse_money(std::string_view number) noexcept;

// The same of a number that was read already.
std::optional<money> to_money(const number_parts &number) noexcept;

// "-12.50": a text that numeric_in accepts.
std::string to_text(money amount);

} // namespace pgcrm
