// How problems show a value: as it is, but short, on one line and always valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace pgcrm {

// At most 40 characters, then "..."; control characters become blanks. `text` is valid UTF-8.
std::string shortened(std::string_view text);

// The same between double quotes.
std::string in_quotes(std::string_view text);

} // namespace pgcrm
