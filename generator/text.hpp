// Text that is ready to stand inside a JSON string.
//
// A CRM may send "José" or "Jos\u00e9", "<p>" or "\u003cp\u003e". What the bodies are made
// of is escaped once, in both ways, when the office is made; writing a body is then only
// copying.
#pragma once

#include <string>
#include <string_view>

namespace pgcrm::gen {

enum class alphabet : unsigned char {
    utf8,  // only what JSON demands is escaped
    ascii, // all beyond ASCII, and < > &, as \uXXXX
};

class text {
public:
    text() = default;
    text(std::string_view plain); // NOLINT(google-explicit-constructor): a literal is a text
    text(const char *plain) : text(std::string_view{plain}) {}

    // Escaped, without the quotes around it.
    std::string_view in(alphabet a) const noexcept { return a == alphabet::utf8 ? utf8_ : ascii_; }

private:
    std::string utf8_;
    std::string ascii_;
};

// `plain` is valid UTF-8.
std::string json_escaped(std::string_view plain, alphabet a);

// "José Núñez" to "Jose Nunez"; what has no letter of the English alphabet is left out.
std::string without_accents(std::string_view plain);

} // namespace pgcrm::gen
