#include "core/marts/wide_integer.hpp"

#include <algorithm>

namespace pgcrm {

std::string to_text(wide_integer value) {
    const bool is_negative = value < 0;
    std::string digits;
    do {
        const int digit = static_cast<int>(value % 10);
        digits.push_back(static_cast<char>('0' + (digit < 0 ? -digit : digit)));
        value /= 10;
    } while (value != 0);
    if (is_negative)
        digits.push_back('-');
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string to_text(const decimal &value) {
    if (value.decimals == 0)
        return to_text(value.scaled);
    const bool is_negative = value.scaled < 0;
    std::string digits = to_text(is_negative ? -value.scaled : value.scaled);
    if (digits.size() <= value.decimals)
        digits.insert(0, value.decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - value.decimals, 1, '.');
    return is_negative ? "-" + digits : digits;
}

} // namespace pgcrm
