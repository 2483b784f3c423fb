#include "serve/request_id.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <random>

namespace pgcrm::gateway {
namespace {

std::uint64_t random_start() {
    std::random_device random;
    return (static_cast<std::uint64_t>(random()) << 32) ^ random();
}

} // namespace

std::string request_id(const request_header &header) {
    if (const auto given = given_request_id(header))
        return std::string(*given);
    static std::atomic<std::uint64_t> next{random_start()};
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx",
                  static_cast<unsigned long long>(next.fetch_add(1, std::memory_order_relaxed)));
    return text.data();
}

} // namespace pgcrm::gateway
