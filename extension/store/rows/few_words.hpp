// What the code of an account's owner says goes into warnings, rows and the server's log; he decides how much
// that is, and for how many lines of the log, but not beyond this.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <string>
#include <string_view>

namespace pgcrm::store {

// At most a thousand bytes, cut where a character begins.
inline std::string in_few_words(std::string_view message) {
    const std::string_view beginning = pgcxx::detail::beginning_of(message, 1000);
    return std::string(beginning) + (beginning.size() < message.size() ? "..." : "");
}

} // namespace pgcrm::store
