// SHA-256 (FIPS 180-4), for keys that are computed from texts of any length.
// It stands here because the core sees no server, and a library for one digest is too much.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace pgcrm {

using sha256_digest = std::array<std::uint8_t, 32>;

sha256_digest sha256(std::string_view bytes) noexcept;

// 64 digits, lower case, as the server's encode(..., 'hex') has them.
std::array<char, 64> to_hex(const sha256_digest &digest) noexcept;

} // namespace pgcrm
