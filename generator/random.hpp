// Chance that is the same everywhere.
//
// The distributions of <random> may differ from one standard library to the next, and
// floating point from one machine to the next. Here all is integer arithmetic on 64 bits:
// the same seed gives the same file on any machine.
//
// Nothing shares a stream of numbers: each lead, each hour, each delivery throws its own
// dice, seeded by what it is (`mix`). So a lead lives the same life whether its neighbours
// are looked at or not. No expression throws the same dice twice: C++ leaves open which of
// the two throws comes first, and compilers differ.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pgcrm::gen {

// The finaliser of splitmix64: every bit of the outcome depends on every bit of `x`.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept { return mix(a ^ mix(b)); }

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b, std::uint64_t c) noexcept {
    return mix(mix(a, b), c);
}

// FNV-1a, to make a seed of a name.
constexpr std::uint64_t digest(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return hash;
}

// Parts per million; what a rate on the command line becomes.
using per_million = std::uint32_t;

// xoshiro256** (Blackman and Vigna, public domain).
class dice {
public:
    explicit constexpr dice(std::uint64_t seed) noexcept
        : state_{mix(seed), mix(seed, 1), mix(seed, 2), mix(seed, 3)} {}

    constexpr std::uint64_t next() noexcept {
        const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = rotate(state_[3], 45);
        return result;
    }

    // 0 to n - 1; n > 0. The bias is below n / 2^32.
    constexpr std::uint32_t below(std::uint32_t n) noexcept {
        return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
    }

    // Both ends may come up; they lie less than 2^32 apart.
    constexpr std::int64_t between(std::int64_t low, std::int64_t high) noexcept {
        return low + below(static_cast<std::uint32_t>(high - low + 1));
    }

    constexpr bool chance(per_million p) noexcept { return below(1'000'000) < p; }

    // An index into `weights`, each as often as its weight says.
    constexpr std::size_t weighted(std::span<const std::uint32_t> weights) noexcept {
        std::uint32_t sum = 0;
        for (const std::uint32_t weight : weights) {
            sum += weight;
        }
        std::uint32_t rest = below(sum);
        std::size_t index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index;
    }

    template <class Range> constexpr const auto &one_of(const Range &range) noexcept {
        return range[below(static_cast<std::uint32_t>(std::size(range)))];
    }

    // A distribution as a person would state it: equally spaced quantiles, lowest to
    // highest, with straight lines between them.
    constexpr std::int64_t quantile(std::span<const std::int64_t> quantiles) noexcept {
        const std::uint64_t place = (next() >> 32) * (quantiles.size() - 1);
        const std::size_t index = place >> 32;
        const auto part = static_cast<std::int64_t>(place & 0xffffffffU);
        const std::int64_t step = quantiles[index + 1] - quantiles[index];
        return quantiles[index] + ((step * (part >> 8)) >> 24);
    }

private:
    static constexpr std::uint64_t rotate(std::uint64_t x, int by) noexcept {
        return (x << by) | (x >> (64 - by));
    }

    std::array<std::uint64_t, 4> state_;
};

} // namespace pgcrm::gen
