// What the code of an account's owner says goes into warnings, rows and the server's log; he decides how much
// that is, and for how many lines of the log, but not beyond this.
#pragma once

#include <string>
#include <string_view>

namespace pgcrm::store {

// At most a thousand bytes, cut where a character begins.
inline std::string in_few_words(std::string_view message) {
    constexpr std::size_t most = 1000;
    if (message.size() <= most)
        return std::string(message);
    std::size_t size = most;
    while (size > 0 && (static_cast<unsigned char>(message[size]) & 0xC0) == 0x80)
        --size;
    return std::string(message.substr(0, size)) + "...";
}

} // namespace pgcrm::store
