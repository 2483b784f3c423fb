// UTF-8 is decoded only here, and only when an office is made; all of it comes from the
// vocabulary, so it is known to be valid.
#include "text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace pgcrm::gen {
namespace {

struct character {
    char32_t code;
    std::size_t size; // bytes
};

character first_character(std::string_view plain) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(plain[i]); };
    const auto rest = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3fU); };
    if (byte(0) < 0x80) {
        return {byte(0), 1};
    }
    if (byte(0) < 0xe0) {
        return {static_cast<char32_t>(byte(0) & 0x1fU) << 6 | rest(1), 2};
    }
    if (byte(0) < 0xf0) {
        return {static_cast<char32_t>(byte(0) & 0xfU) << 12 | rest(1) << 6 | rest(2), 3};
    }
    return {static_cast<char32_t>(byte(0) & 0x7U) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4};
}

void append_code_unit(std::string &out, std::uint32_t unit) {
    out += "\\u";
    for (const int shift : {12, 8, 4, 0}) {
        out += "0123456789abcdef"[unit >> shift & 0xfU];
    }
}

void append_as_utf16(std::string &out, char32_t code) {
    if (code < 0x10000) {
        append_code_unit(out, code);
        return;
    }
    append_code_unit(out, 0xd800U + ((code - 0x10000U) >> 10));
    append_code_unit(out, 0xdc00U + ((code - 0x10000U) & 0x3ffU));
}

bool is_plain(char32_t code, alphabet a) noexcept {
    if (a == alphabet::utf8) {
        return code >= 0x20;
    }
    return code >= 0x20 && code < 0x7f && code != '<' && code != '>' && code != '&';
}

} // namespace

text::text(std::string_view plain)
    : utf8_(json_escaped(plain, alphabet::utf8)), ascii_(json_escaped(plain, alphabet::ascii)) {}

std::string json_escaped(std::string_view plain, alphabet a) {
    std::string out;
    while (!plain.empty()) {
        const character c = first_character(plain);
        if (c.code == '"' || c.code == '\\') {
            out += '\\';
            out += plain[0];
        } else if (c.code == '\n') {
            out += "\\n";
        } else if (is_plain(c.code, a)) {
            out += plain.substr(0, c.size);
        } else {
            append_as_utf16(out, c.code);
        }
        plain.remove_prefix(c.size);
    }
    return out;
}

std::string without_accents(std::string_view plain) {
    // U+00C0 to U+00FF.
    static constexpr std::string_view latin =
        "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty";
    std::string out;
    while (!plain.empty()) {
        const character c = first_character(plain);
        if (c.code < 0x80) {
            out += plain[0];
        } else if (c.code >= 0xc0 && c.code <= 0xff) {
            out += latin[c.code - 0xc0];
        }
        plain.remove_prefix(c.size);
    }
    return out;
}

} // namespace pgcrm::gen
