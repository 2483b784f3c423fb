#include "core/text/quoting.hpp"

#include "core/text/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace pgcrm {

namespace {

constexpr bool starts_character(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

} // namespace

std::string shortened(std::string_view text) {
    constexpr std::size_t most_characters = 40;
    std::size_t characters = 0, size = 0;
    for (; size < text.size(); ++size)
        if (starts_character(text[size]) && characters++ == most_characters)
            break;
    std::string shown(text.substr(0, size));
    std::replace_if(shown.begin(), shown.end(), is_control, ' ');
    if (size < text.size())
        shown += "...";
    return shown;
}

std::string in_quotes(std::string_view text) { return '"' + shortened(text) + '"'; }

std::string in_escapes(std::string_view bytes) {
    const auto digit = [](unsigned char byte, int shift) {
        return static_cast<char>('0' + (byte >> shift & 7));
    };
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0 || byte > 0x7F)
            text.append({'\\', digit(byte, 6), digit(byte, 3), digit(byte, 0)});
        else
            text.append(c == '\\' ? 2 : 1, c);
    }
    return text;
}

} // namespace pgcrm
