// The digits are read by number.hpp; what is left here is the bound and the spelling.
#include "core/text/money.hpp"

#include "core/text/number.hpp"

namespace pgcrm {

namespace {

constexpr std::int64_t amount_limit = 100'000'000'000'000'000; // 10^15 in hundredths

} // namespace

std::optional<money> parse_money(std::string_view number) noexcept {
    const std::optional<number_parts> parts = parse_number(number);
    return parts ? to_money(*parts) : std::nullopt;
}

std::optional<money> to_money(const number_parts &number) noexcept {
    const std::optional<std::int64_t> hundredths = to_scaled(number, 2);
    if (!hundredths || *hundredths >= amount_limit || *hundredths <= -amount_limit)
        return std::nullopt;
    return money{*hundredths};
}

std::string to_text(money amount) {
    // Negated as unsigned, because the smallest number has no counterpart.
    const auto bits = static_cast<std::uint64_t>(amount.hundredths);
    const std::uint64_t size = amount.hundredths < 0 ? 0 - bits : bits;
    std::string text = amount.hundredths < 0 ? "-" : "";
    text += std::to_string(size / 100);
    text += '.';
    text += static_cast<char>('0' + size % 100 / 10);
    text += static_cast<char>('0' + size % 10);
    return text;
}

} // namespace pgcrm
