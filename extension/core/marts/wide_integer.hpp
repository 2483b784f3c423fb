// Sums that 64 bits cannot hold: microseconds of a batch of many leads with long stays, amounts of many
// leads.
#pragma once

#include <cstddef>
#include <string>

namespace pgcrm {

__extension__ typedef __int128 wide_integer;

std::string to_text(wide_integer value);

// A number with so many decimals, each of which is a tenth of the one before: (1234, 2) is 12.34. The text is
// one that numeric_in accepts.
struct decimal {
    wide_integer scaled = 0;
    std::size_t decimals = 0;
};
std::string to_text(const decimal &value);

} // namespace pgcrm
