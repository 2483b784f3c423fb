// What the gateway counts, and its text for Prometheus (exposition format 0.0.4). Counted by all loops,
// read by whoever asks for /metrics.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gateway {

class counter {
public:
    void add(std::uint64_t count = 1) noexcept { value_.fetch_add(count, std::memory_order_relaxed); }
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

class gauge {
public:
    void add(std::int64_t change) noexcept { value_.fetch_add(change, std::memory_order_relaxed); }
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

// Buckets at 1, 2 and 5 of each power of ten, from 100 to 50,000,000: microseconds up to 50 s.
class histogram {
public:
    static constexpr std::array<std::uint64_t, 18> bounds{
        100,     200,     500,     1'000,     2'000,     5'000,     10'000,     20'000,     50'000,
        100'000, 200'000, 500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000, 20'000'000, 50'000'000};

    void observe(std::uint64_t value) noexcept;
    void observe(std::chrono::steady_clock::duration passed) noexcept {
        observe(static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(passed).count()));
    }

    std::uint64_t count_up_to(std::size_t bound) const noexcept; // cumulative; of all with bounds.size()
    std::uint64_t sum() const noexcept { return sum_.value(); }

private:
    std::array<counter, bounds.size() + 1> buckets_; // each alone; the last holds what is larger
    counter sum_;
};

enum class outcome : std::uint8_t { stored, duplicate, unhandled, quarantined };
inline constexpr std::array<std::string_view, 4> outcome_names{"stored", "duplicate", "unhandled",
                                                               "quarantined"};

// Why a request of an account was turned away, beside its secret.
enum class refusal : std::uint8_t { rate, queue_full, memory_full, database_away, too_late, by_database };
inline constexpr std::array<std::string_view, 6> refusal_names{"rate",          "queue_full", "memory_full",
                                                               "database_away", "too_late",   "by_database"};

// What is counted for each account.
struct account_counters {
    std::array<counter, outcome_names.size()> events;
    std::array<counter, refusal_names.size()> refused;
    counter bytes;
    gauge queued;
};

// What the database says of an account, as of the last look.
struct account_status {
    std::string account;
    std::optional<double> lag_seconds;
    std::optional<std::int64_t> pending_leads, stuck_leads, quarantined;
    std::optional<std::int64_t>
        refresh_failed; // 1: the last refresh failed, or the account cannot be looked at
};

struct metrics {
    std::map<unsigned, counter> answers; // by HTTP status; all that are sent are made at the start
    counter unauthorized;
    counter connections_accepted, connections_refused;
    gauge connections;
    gauge database_connections;
    counter database_losses, batches_retried, batches_split;
    histogram request_time; // from the whole request to the answer
    histogram commit_time;  // from a batch sent to its commit seen
    counter batches, batched_events;

    metrics();
    void count_answer(unsigned status);

    void set_statuses(std::vector<account_status> statuses);
    std::vector<account_status> statuses() const;

private:
    mutable std::mutex statuses_mutex_;
    std::vector<account_status> statuses_;
};

} // namespace pgcrm::gateway
