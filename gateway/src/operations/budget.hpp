// Memory that all requests together may hold: taken before it is used, so that a request is refused
// before memory grows. Shared by all loops.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace pgcrm::gateway {

class memory_budget {
public:
    explicit memory_budget(std::size_t bytes) : size_(bytes), left_(static_cast<std::int64_t>(bytes)) {}

    bool try_take(std::size_t bytes) noexcept {
        const auto wanted = static_cast<std::int64_t>(bytes);
        if (left_.fetch_sub(wanted, std::memory_order_relaxed) >= wanted)
            return true;
        left_.fetch_add(wanted, std::memory_order_relaxed);
        return false;
    }
    void give_back(std::size_t bytes) noexcept {
        left_.fetch_add(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
    }

    std::size_t size() const noexcept { return size_; }
    std::size_t taken() const noexcept {
        const std::int64_t left = left_.load(std::memory_order_relaxed);
        return size_ - static_cast<std::size_t>(left < 0 ? 0 : left);
    }

private:
    std::size_t size_;
    std::atomic<std::int64_t> left_;
};

// What one request has taken of the budget; given back with it.
class reservation {
public:
    explicit reservation(memory_budget &of) noexcept : of_(&of) {}
    reservation(reservation &&other) noexcept : of_(other.of_), bytes_(std::exchange(other.bytes_, 0)) {}
    reservation &operator=(reservation &&other) noexcept {
        std::swap(of_, other.of_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    reservation(const reservation &) = delete;
    reservation &operator=(const reservation &) = delete;
    ~reservation() { of_->give_back(bytes_); }

    // False when the budget does not allow it; what was held before stays held.
    bool try_hold(std::size_t bytes) noexcept {
        if (bytes > bytes_ && !of_->try_take(bytes - bytes_))
            return false;
        if (bytes < bytes_)
            of_->give_back(bytes_ - bytes);
        bytes_ = bytes;
        return true;
    }
    std::size_t bytes() const noexcept { return bytes_; }

private:
    memory_budget *of_;
    std::size_t bytes_ = 0;
};

} // namespace pgcrm::gateway
