// The message is hashed in blocks of 64 bytes; the last one or two hold the rest of it,
// one bit 1, zeros, and the length in bits.
#include "sha1.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pgcrm::gen {
namespace {

constexpr std::size_t block_size = 64;

using hash_state = std::array<std::uint32_t, 5>;

std::uint32_t big_endian(const unsigned char *at) noexcept {
    return static_cast<std::uint32_t>(at[0]) << 24 | static_cast<std::uint32_t>(at[1]) << 16 |
           static_cast<std::uint32_t>(at[2]) << 8 | static_cast<std::uint32_t>(at[3]);
}

std::array<std::uint32_t, 80> expand(const unsigned char *block) noexcept {
    std::array<std::uint32_t, 80> words;
    for (std::size_t i = 0; i < 16; ++i) {
        words[i] = big_endian(block + 4 * i);
    }
    for (std::size_t i = 16; i < 80; ++i) {
        words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    }
    return words;
}

void add_block(hash_state &hash, const unsigned char *block) noexcept {
    const std::array<std::uint32_t, 80> words = expand(block);
    std::uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    const auto turn = [&](std::uint32_t mixed, std::uint32_t constant, std::size_t i) {
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + words[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    };
    for (std::size_t i = 0; i < 20; ++i) {
        turn((b & c) | (~b & d), 0x5a827999U, i);
    }
    for (std::size_t i = 20; i < 40; ++i) {
        turn(b ^ c ^ d, 0x6ed9eba1U, i);
    }
    for (std::size_t i = 40; i < 60; ++i) {
        turn((b & c) | (b & d) | (c & d), 0x8f1bbcdcU, i);
    }
    for (std::size_t i = 60; i < 80; ++i) {
        turn(b ^ c ^ d, 0xca62c1d6U, i);
    }
    hash = {hash[0] + a, hash[1] + b, hash[2] + c, hash[3] + d, hash[4] + e};
}

// What is left of the message after its whole blocks, padded to one or two blocks.
void add_tail(hash_state &hash, std::string_view rest, std::uint64_t message_bits) noexcept {
    std::array<unsigned char, 2 * block_size> tail{};
    std::ranges::copy(rest, tail.begin());
    tail[rest.size()] = 0x80;
    const std::size_t size = rest.size() + 9 <= block_size ? block_size : 2 * block_size;
    for (std::size_t i = 0; i < 8; ++i) {
        tail[size - 1 - i] = static_cast<unsigned char>(message_bits >> (8 * i));
    }
    for (std::size_t at = 0; at < size; at += block_size) {
        add_block(hash, tail.data() + at);
    }
}

hex_digest to_hex(const hash_state &hash) noexcept {
    hex_digest digits;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        digits[i] = "0123456789abcdef"[hash[i / 8] >> (28 - 4 * (i % 8)) & 0xf];
    }
    return digits;
}

} // namespace

hex_digest sha1_hex(std::string_view message) noexcept {
    hash_state hash{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    const std::uint64_t bits = std::uint64_t{message.size()} * 8;
    std::array<unsigned char, block_size> block;
    while (message.size() >= block_size) {
        std::memcpy(block.data(), message.data(), block_size);
        add_block(hash, block.data());
        message.remove_prefix(block_size);
    }
    add_tail(hash, message, bits);
    return to_hex(hash);
}

} // namespace pgcrm::gen
