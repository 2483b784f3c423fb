// The length word in front of every value of variable length, as the server writes it on this machine.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pgcrm {

inline constexpr std::size_t length_word_size = 4;

// `size` counts the word itself.
inline void write_length_word(std::size_t size, char *to) noexcept {
    auto word = static_cast<std::uint32_t>(size);
    if constexpr (std::endian::native == std::endian::little)
        word <<= 2;
    std::memcpy(to, &word, sizeof word);
}

} // namespace pgcrm
