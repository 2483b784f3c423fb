// SHA-1 (FIPS 180-4), for the signature of a webhook: noCRM signs with
// sha1(decimal event id + API key), as lower case hex. Not for anything that needs a
// hash that holds against attack.
#pragma once

#include <array>
#include <string_view>

namespace pgcrm::gen {

using hex_digest = std::array<char, 40>;

hex_digest sha1_hex(std::string_view message) noexcept;

} // namespace pgcrm::gen
