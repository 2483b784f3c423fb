#include "core/text/secret.hpp"

#include <string_view>

namespace pgcrm {
namespace {

constexpr std::string_view mark = "pgcrm_";
constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The six bits from this one on; those behind the end are 0.
unsigned six_bits(const secret_bits &bits, std::size_t from) {
    const std::size_t byte = from / 8;
    const unsigned next = byte + 1 < bits.size() ? bits[byte + 1] : 0;
    const unsigned both = (static_cast<unsigned>(bits[byte]) << 8) | next;
    return (both >> (10 - from % 8)) & 63;
}

} // namespace

std::string secret_text(const secret_bits &bits) {
    std::string text(mark);
    for (std::size_t bit = 0; bit < 8 * bits.size(); bit += 6)
        text += digits[six_bits(bits, bit)];
    return text;
}

} // namespace pgcrm
