// The text of a secret that a caller of the gateway shows: 256 random bits as base64url (RFC 4648, without
// padding) behind a mark, by which scanners of sources and logs know one that has leaked.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace pgcrm {

using secret_bits = std::array<std::uint8_t, 32>;

std::string secret_text(const secret_bits &bits);

} // namespace pgcrm
