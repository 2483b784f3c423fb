// Settings: one list, read from flags, the environment (PGCRM_GATEWAY_...) and a file, in this order of
// precedence. docs/reference/gateway.md tells the same list.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace pgcrm::gateway {

enum class log_level : std::uint8_t { debug, info, warning, error };

// A host and a port, as in 127.0.0.1:8080, [::1]:8080 or *:8080.
struct endpoint {
    std::string host; // empty: all addresses
    std::string port;
};

struct settings {
    endpoint listen;
    std::optional<endpoint> metrics_listen;
    std::string tls_certificate, tls_key; // files, PEM; empty: no TLS
    std::string credentials;              // file

    std::string database; // connection string or URI of libpq
    unsigned database_connections = 0;
    std::chrono::milliseconds database_connection_age{};
    std::chrono::milliseconds statement_timeout{}, lock_timeout{};
    std::chrono::milliseconds directory_interval{}, status_interval{};

    unsigned threads = 0;
    std::size_t body_limit = 0, header_limit = 0, memory_limit = 0;
    unsigned connection_limit = 0;
    unsigned account_queue = 0; // events
    unsigned rate_limit = 0;    // requests a second and account; 0: none
    unsigned batch_events = 0;
    std::size_t batch_bytes = 0;

    std::chrono::milliseconds header_timeout{}, body_timeout{}, idle_timeout{}, request_timeout{},
        drain_timeout{};

    log_level level = log_level::info;
    bool logs_access = false;
};

// A setting that is wrong; what() says which, and what it should be.
class settings_error : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct command_line {
    settings with;
    bool wants_help = false, wants_version = false, wants_check = false;
};

// Errors: settings_error.
command_line read_settings(int argument_count, const char *const *arguments);

// For --help.
std::string settings_help();

} // namespace pgcrm::gateway
