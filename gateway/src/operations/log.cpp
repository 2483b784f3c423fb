#include "operations/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>
#include <mutex>
#include <string>

namespace pgcrm::gateway {
namespace {

constexpr unsigned most_lines_a_second = 20;

std::atomic<log_level> least_level{log_level::info};

std::string now_in_utc() {
    const auto now = std::chrono::system_clock::now();
    const std::time_t second = std::chrono::system_clock::to_time_t(now);
    const auto part =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
    std::tm parts{};
    gmtime_r(&second, &parts);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(part));
    return text.data();
}

std::string_view name_of(log_level level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

// One write for the whole line, so that lines of several threads do not mix. A log that cannot be written is
// no reason to stop.
void write_line(const std::string &line) {
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t count = ::write(STDERR_FILENO, line.data() + done, line.size() - done);
        if (count <= 0)
            return;
        done += static_cast<std::size_t>(count);
    }
}

struct line_limit {
    std::atomic<std::int64_t> second{0};
    std::atomic<unsigned> lines{0};
    std::atomic<unsigned> left_out{0};

    bool admits() {
        const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(
                                     std::chrono::steady_clock::now().time_since_epoch())
                                     .count();
        if (second.exchange(now) != now)
            lines = 0;
        if (lines.fetch_add(1) < most_lines_a_second)
            return true;
        left_out.fetch_add(1);
        return false;
    }
};

// Each message has its own, or strangers could hide what the database says.
line_limit &limit_of(std::string_view message) {
    static std::mutex one_at_a_time;
    static std::map<std::string, line_limit, std::less<>> limits;
    const std::lock_guard held(one_at_a_time);
    const auto found = limits.find(message);
    return found != limits.end() ? found->second : limits.try_emplace(std::string(message)).first->second;
}

} // namespace

void log::set_level(log_level least) { least_level = least; }

bool log::shows(log_level level) { return level >= least_level.load(std::memory_order_relaxed); }

void log::write(log_level level, std::string_view message, const log_fields &fields) {
    if (!shows(level))
        return;
    log_fields line{{"time", now_in_utc()}, {"level", name_of(level)}, {"message", message}};
    if (fields.is_object())
        line.update(fields);
    write_line(line.dump(-1, ' ', false, log_fields::error_handler_t::replace) + "\n");
}

void log::limited(log_level level, std::string_view message, const log_fields &fields) {
    if (!shows(level))
        return;
    line_limit &limit = limit_of(message);
    if (!limit.admits())
        return;
    log_fields all = fields;
    if (const unsigned left_out = limit.left_out.exchange(0); left_out > 0)
        all["lines_left_out"] = left_out;
    write(level, message, all);
}

} // namespace pgcrm::gateway
