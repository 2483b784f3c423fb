// The accounts that the gateway may ingest into and the secrets that open them, as the database last told.
//
// A directory is never changed: a newer one takes its place, and whoever holds the older one may finish with
// it. What is counted for an account, and its rate, outlive the directories.
#pragma once

#include "operations/loop.hpp"
#include "operations/metrics.hpp"
#include "operations/rate_limit.hpp"

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pgcrm::gateway {

using digest = std::array<unsigned char, 32>; // sha256 of a secret's text

struct secret {
    digest of;
    std::optional<time_point> valid_until; // none: for ever
};

struct account {
    const std::string name;
    account_counters counters;
    rate_limiter rate;

    explicit account(std::string called) : name(std::move(called)) {}
};

// What the database and the credentials file say of an account.
struct account_entry {
    std::shared_ptr<account> of;
    std::vector<secret> secrets;
    std::vector<std::string> nocrm_api_keys; // the sender must sign with one of them, unless there are none
    bool is_current = true; // false: the database could not read the secrets just now, there may be others
};

struct name_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const noexcept {
        return std::hash<std::string_view>{}(name);
    }
};

class directory {
public:
    directory() = default;
    explicit directory(std::vector<account_entry> entries);

    const account_entry *find(std::string_view name) const noexcept;
    const std::unordered_map<std::string, account_entry, name_hash, std::equal_to<>> &
    entries() const noexcept {
        return entries_;
    }

private:
    std::unordered_map<std::string, account_entry, name_hash, std::equal_to<>> entries_;
};

// What the control connection found of one account.
struct told_account {
    std::string name;
    // None: the account is being altered or is broken. What was known of it holds, and nobody is turned away.
    std::optional<std::vector<secret>> secrets;
};

// API keys by account, from the credentials file.
using api_keys = std::map<std::string, std::vector<std::string>, std::less<>>;

// The present directory. It is asked by all loops and replaced by the control connection.
class account_registry {
public:
    std::shared_ptr<const directory> now() const { return now_.load(std::memory_order_acquire); }

    // Whether the database has told of accounts since the start. Before that nobody can be turned away.
    bool is_told() const noexcept { return is_told_.load(std::memory_order_acquire); }

    void replace(std::vector<told_account> told, const api_keys &keys);

    // Every account there ever was since the start, by name: what was counted stays counted.
    std::vector<std::shared_ptr<const account>> all() const;

private:
    std::atomic<std::shared_ptr<const directory>> now_{std::make_shared<const directory>()};
    std::atomic<bool> is_told_{false};
    mutable std::mutex all_mutex_;
    std::map<std::string, std::shared_ptr<account>, std::less<>> all_;
};

} // namespace pgcrm::gateway
