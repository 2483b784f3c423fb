// The log: a JSON object a line, on standard error. Never a secret, never a body, never the query of a
// target.
#pragma once

#include "operations/settings.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace pgcrm::gateway {

using log_fields = nlohmann::ordered_json;

class log {
public:
    // Lines below the level are left out.
    static void set_level(log_level least);
    static bool shows(log_level level);

    static void write(log_level level, std::string_view message, const log_fields &fields = {});
    static void debug(std::string_view message, const log_fields &fields = {}) {
        write(log_level::debug, message, fields);
    }
    static void info(std::string_view message, const log_fields &fields = {}) {
        write(log_level::info, message, fields);
    }
    static void warning(std::string_view message, const log_fields &fields = {}) {
        write(log_level::warning, message, fields);
    }
    static void error(std::string_view message, const log_fields &fields = {}) {
        write(log_level::error, message, fields);
    }

    // For what a stranger can cause as often as he likes: at most so many lines a second of each message; the
    // next one after says how many were left out.
    static void limited(log_level level, std::string_view message, const log_fields &fields);
};

} // namespace pgcrm::gateway
