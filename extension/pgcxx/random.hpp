// Bytes that nobody can guess, for what proves who somebody is.
#pragma once

#include "pgcxx/error.hpp"

namespace pgcxx {

template <std::size_t Size> std::array<std::uint8_t, Size> random_bytes() {
    std::array<std::uint8_t, Size> bytes;
    if (!pg_strong_random(bytes.data(), bytes.size())) // says so, and raises nothing
        throw error(ERRCODE_INTERNAL_ERROR, "could not generate random values");
    return bytes;
}

} // namespace pgcxx
