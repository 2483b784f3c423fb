// How problems show a value: as it is, but short, on one line and always valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace pgcrm {

// At most 40 characters, then "..."; control characters become blanks. `text` is valid UTF-8.
std::string shortened(std::string_view text);

// The same between double quotes.
std::string in_quotes(std::string_view text);

// Bytes that are no text: backslashes doubled, what is not ASCII and the zero byte as \ooo, as the server's
// encode(bytes, 'escape') has them and decode() reads them.
std::string in_escapes(std::string_view bytes);

} // namespace pgcrm
