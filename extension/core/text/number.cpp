// The digits of a number are seen as one row, whole and fraction, with the point moved by the
// exponent; every question is then one about positions in that row.
#include "core/text/number.hpp"

#include "core/text/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace pgcrm {

namespace {

std::string_view take_digits(std::string_view &rest) noexcept {
    std::size_t count = 0;
    while (count < rest.size() && is_digit(rest[count]))
        ++count;
    const std::string_view digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

bool skip(std::string_view &rest, char wanted) noexcept {
    if (rest.empty() || rest.front() != wanted)
        return false;
    rest.remove_prefix(1);
    return true;
}

std::int64_t saturated(std::string_view digits) noexcept {
    constexpr std::int64_t furthest = 1'000'000'000'000'000;
    std::int64_t value = 0;
    for (const char digit : digits)
        value = std::min(value * 10 + (digit - '0'), furthest);
    return value;
}

// `e+7`, or nothing at all.
bool take_exponent(std::string_view &rest, std::int64_t &exponent) noexcept {
    if (!skip(rest, 'e') && !skip(rest, 'E'))
        return true;
    const bool is_negative = skip(rest, '-');
    if (!is_negative)
        skip(rest, '+');
    const std::string_view digits = take_digits(rest);
    exponent = saturated(digits) * (is_negative ? -1 : 1);
    return !digits.empty();
}

// The row of digits of a number, and where in it the point lies.
class digit_row {
public:
    explicit digit_row(const number_parts &number) noexcept
        : number_(number), point_(static_cast<std::int64_t>(number.whole.size()) + number.exponent) {}

    std::int64_t size() const noexcept {
        return static_cast<std::int64_t>(number_.whole.size() + number_.fraction.size());
    }

    std::int64_t point() const noexcept { return point_; }

    // Beyond the last digit there are zeros, and before the first.
    int digit(std::int64_t index) const noexcept {
        if (index < 0)
            return 0;
        const auto at = static_cast<std::size_t>(index);
        if (at < number_.whole.size())
            return number_.whole[at] - '0';
        const std::size_t after_point = at - number_.whole.size();
        return after_point < number_.fraction.size() ? number_.fraction[after_point] - '0' : 0;
    }

    // Index of the first digit that is not 0; the row's size when the number is zero.
    std::int64_t first_significant() const noexcept {
        std::int64_t index = 0;
        while (index < size() && digit(index) == 0)
            ++index;
        return index;
    }

    bool has_only_zeros_from(std::int64_t index) const noexcept {
        for (index = std::max<std::int64_t>(index, 0); index < size(); ++index)
            if (digit(index) != 0)
                return false;
        return true;
    }

private:
    const number_parts &number_;
    std::int64_t point_;
};

std::int64_t digits_after_point(const number_parts &number) noexcept {
    return std::max<std::int64_t>(static_cast<std::int64_t>(number.fraction.size()) - number.exponent, 0);
}

} // namespace

std::optional<number_parts> parse_number(std::string_view text) noexcept {
    number_parts number;
    number.is_negative = skip(text, '-');
    number.whole = take_digits(text);
    if (number.whole.empty() || (number.whole.size() > 1 && number.whole.front() == '0'))
        return std::nullopt;
    if (skip(text, '.')) {
        number.fraction = take_digits(text);
        if (number.fraction.empty())
            return std::nullopt;
    }
    if (!take_exponent(text, number.exponent) || !text.empty())
        return std::nullopt;
    return number;
}

bool fits_numeric(const number_parts &number) noexcept {
    // The limits of set_var_from_str and make_result in the server's numeric.c: the exponent's own,
    // a weight of 16 bits in digits of base 10000, a scale of 14 bits (which a zero has as well).
    constexpr std::int64_t exponent_limit = std::numeric_limits<std::int32_t>::max() / 2;
    constexpr std::int64_t most_digits_before_point =
        (std::int64_t{std::numeric_limits<std::int16_t>::max()} + 1) * 4;
    constexpr std::int64_t most_digits_after_point = 0x3FFF;
    if (number.exponent >= exponent_limit || number.exponent <= -exponent_limit)
        return false;
    if (digits_after_point(number) > most_digits_after_point)
        return false;
    const digit_row row(number);
    const std::int64_t first = row.first_significant();
    return first == row.size() || row.point() - first <= most_digits_before_point;
}

bool is_plain(std::string_view text, const number_parts &number) noexcept {
    const bool is_zero = number.is_negative && number.whole == "0" &&
                         number.fraction.find_first_not_of('0') == std::string_view::npos;
    const std::size_t size = (number.is_negative ? 1 : 0) + number.whole.size() +
                             (number.fraction.empty() ? 0 : number.fraction.size() + 1);
    return text.size() == size && !is_zero;
}

std::int64_t plain_size(const number_parts &number) noexcept {
    const digit_row row(number);
    const std::int64_t first = row.first_significant();
    const bool is_zero = first == row.size();
    const std::int64_t before = is_zero ? 1 : std::max<std::int64_t>(row.point() - first, 1);
    const std::int64_t after = digits_after_point(number);
    return before + (after > 0 ? after + 1 : 0) + (number.is_negative && !is_zero ? 1 : 0);
}

char *write_plain(const number_parts &number, char *to) noexcept {
    const digit_row row(number);
    const std::int64_t first = row.first_significant();
    const bool is_zero = first == row.size();
    if (number.is_negative && !is_zero)
        *to++ = '-';
    const std::int64_t point = row.point();
    if (is_zero || first >= point)
        *to++ = '0';
    else
        for (std::int64_t index = first; index < point; ++index)
            *to++ = static_cast<char>('0' + row.digit(index));
    const std::int64_t after = digits_after_point(number);
    if (after > 0)
        *to++ = '.';
    for (std::int64_t index = point; index < point + after; ++index)
        *to++ = static_cast<char>('0' + row.digit(index));
    return to;
}

whole_number to_whole_number(const number_parts &number) noexcept {
    const digit_row row(number);
    const std::int64_t first = row.first_significant();
    if (first == row.size())
        return {whole_number_outcome::whole, 0};
    if (!row.has_only_zeros_from(row.point()))
        return {whole_number_outcome::not_whole, 0};
    if (row.point() - first > 19) // 2^63 has 19 digits
        return {whole_number_outcome::out_of_range, 0};
    std::uint64_t value = 0;
    for (std::int64_t index = first; index < row.point(); ++index)
        value = value * 10 + static_cast<std::uint64_t>(row.digit(index));
    const std::uint64_t largest =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (number.is_negative ? 1 : 0);
    if (value > largest)
        return {whole_number_outcome::out_of_range, 0};
    return {whole_number_outcome::whole, static_cast<std::int64_t>(number.is_negative ? 0 - value : value)};
}

std::optional<std::int64_t> to_scaled(const number_parts &number, std::int64_t decimals) noexcept {
    const digit_row row(number);
    const std::int64_t first = row.first_significant();
    const std::int64_t end = row.point() + decimals;
    if (first == row.size() || first > end)
        return 0;
    if (end - first > 18)
        return std::nullopt;
    std::int64_t value = 0;
    for (std::int64_t index = first; index < end; ++index)
        value = value * 10 + row.digit(index);
    if (row.digit(end) >= 5)
        ++value;
    return number.is_negative ? -value : value;
}

} // namespace pgcrm
