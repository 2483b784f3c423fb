// What the probe's files share.
#pragma once

#include "pgcxx/pgcxx.hpp"

namespace probe {

// Counts its lives, and holds memory that a missed destructor would leak visibly.
class witness {
public:
    witness() : ballast_(ballast_size, 'x') { ++alive; }
    witness(const witness &other) : ballast_(other.ballast_) { ++alive; }
    witness &operator=(const witness &) = default;
    ~witness() { --alive; }

    static inline std::int64_t alive = 0; // per backend

private:
    static constexpr std::size_t ballast_size = 64 * 1024;
    std::string ballast_;
};

// Fails in the way that is asked for; see errors.cpp.
void fail(std::string_view kind);

// Runs `body` inside one of the named frames; see errors.cpp.
void run_in_frame(std::string_view frame, const std::function<void()> &body);

} // namespace probe
