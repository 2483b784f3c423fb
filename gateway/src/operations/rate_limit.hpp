// How many requests a second an account may send: the generic cell rate algorithm (ITU-T I.371), which
// needs one number and no timer. Shared by all loops.
#pragma once

#include "operations/loop.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace pgcrm::gateway {

class rate_limiter {
public:
    // None when the request may pass, else how long to wait. `per_second` of 0 lets all pass; a burst of one
    // second's requests passes at once.
    std::optional<std::chrono::nanoseconds> admit(std::uint32_t per_second, time_point now) noexcept {
        if (per_second == 0)
            return std::nullopt;
        constexpr std::int64_t second = 1'000'000'000;
        const std::int64_t interval = second / per_second;
        const std::int64_t at = now.time_since_epoch().count();
        std::int64_t expected = expected_at_.load(std::memory_order_relaxed);
        for (;;) {
            const std::int64_t next = (expected > at ? expected : at) + interval;
            if (next - at > second)
                return std::chrono::nanoseconds(next - at - second);
            if (expected_at_.compare_exchange_weak(expected, next, std::memory_order_relaxed))
                return std::nullopt;
        }
    }

private:
    std::atomic<std::int64_t> expected_at_{0}; // when the next request would come at an even rate
};

} // namespace pgcrm::gateway
