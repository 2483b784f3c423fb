#include "operations/settings.hpp"

#include <boost/program_options.hpp>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <limits>
#include <memory>
#include <sstream>
#include <string_view>
#include <thread>

namespace pgcrm::gateway {
namespace {

namespace options = boost::program_options;
using std::chrono::milliseconds;

constexpr std::string_view environment_prefix = "PGCRM_GATEWAY_";

unsigned default_threads() { return std::clamp(std::thread::hardware_concurrency() / 2, 1U, 4U); }

options::options_description setting_options() {
    using options::value;
    using std::string;
    options::options_description all("Settings", 110, 60);
    // clang-format off
    all.add_options()
        ("listen", value<string>()->default_value("127.0.0.1:8080"), "address and port for webhooks; *:PORT is all addresses. A socket that systemd hands over takes its place")
        ("metrics-listen", value<string>()->default_value("127.0.0.1:9108"), "address and port for /metrics, which names accounts; empty for none")
        ("tls-certificate", value<string>()->default_value(""), "file with the certificate and its chain (PEM); read again on SIGHUP")
        ("tls-key", value<string>()->default_value(""), "file with its private key (PEM)")
        ("credentials", value<string>()->default_value(""), "JSON file with the accounts' noCRM API keys, for checking signatures; read again on SIGHUP")
        ("database", value<string>()->default_value("dbname=pgcrm"), "connection string or URI of libpq, also of several hosts; a password belongs into a password file (PGPASSFILE)")
        ("database-connections", value<string>()->default_value("4"), "connections to the database, for each thread")
        ("database-connection-age", value<string>()->default_value("1h"), "how old a connection gets before it is made anew; a session keeps the library that it has loaded")
        ("statement-timeout", value<string>()->default_value("15s"), "the longest that the database may work on a batch")
        ("lock-timeout", value<string>()->default_value("5s"), "the longest that a batch may wait for an account that is being altered")
        ("directory-interval", value<string>()->default_value("10s"), "how often accounts and secrets are read again; a change is told at once besides")
        ("status-interval", value<string>()->default_value("15s"), "how often the accounts' status is read, for /metrics")
        ("threads", value<string>()->default_value(std::to_string(default_threads())), "event loops, a thread each")
        ("body-limit", value<string>()->default_value("1MB"), "the largest body")
        ("header-limit", value<string>()->default_value("8kB"), "the largest header")
        ("memory-limit", value<string>()->default_value("24MB"), "memory for the bodies of all requests at one time")
        ("connection-limit", value<string>()->default_value("12000"), "clients at one time")
        ("account-queue", value<string>()->default_value("2000"), "events of one account that may wait, for each thread")
        ("rate-limit", value<string>()->default_value("0"), "requests a second of one account; 0 for no limit")
        ("batch-events", value<string>()->default_value("256"), "the most events of one transaction")
        ("batch-bytes", value<string>()->default_value("1MB"), "the most bytes of one transaction, unless one body alone has more")
        ("header-timeout", value<string>()->default_value("10s"), "until the header must be there")
        ("body-timeout", value<string>()->default_value("20s"), "until the body must be there")
        ("idle-timeout", value<string>()->default_value("75s"), "how long a connection may stay between requests")
        ("request-timeout", value<string>()->default_value("20s"), "how long an event may wait for the database")
        ("drain-timeout", value<string>()->default_value("25s"), "how long SIGTERM waits for requests under way")
        ("log-level", value<string>()->default_value("info"), "debug, info, warning or error")
        ("access-log", value<string>()->default_value("off"), "on: a line for each request");
    // clang-format on
    return all;
}

options::options_description command_options() {
    options::options_description all("Command line", 110, 60);
    // clang-format off
    all.add_options()
        ("config", options::value<std::string>()->default_value(""), "file with settings, NAME = VALUE a line")
        ("check", "look at settings, files and database, say what was found, and end")
        ("version", "the version")
        ("help", "this text");
    // clang-format on
    return all;
}

// tls-key as PGCRM_GATEWAY_TLS_KEY; none for variables that are no settings.
std::string setting_of_variable(const options::options_description &known, std::string_view variable) {
    if (!variable.starts_with(environment_prefix))
        return {};
    std::string name;
    for (const char c : variable.substr(environment_prefix.size()))
        name.push_back(c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return known.find_nothrow(name, false) || name == "config" ? name : std::string();
}

struct unit {
    std::string_view name;
    std::int64_t factor;
};

[[noreturn]] void refuse(const std::string &name, const std::string &value, std::string_view expected) {
    throw settings_error(name + ": expected " + std::string(expected) + ", not \"" + value + "\"");
}

// A whole number of one of these units, from least to most of the smallest.
std::int64_t number_of(const std::string &name, const std::string &value, std::initializer_list<unit> units,
                       std::int64_t least, std::int64_t most, std::string_view expected) {
    const std::size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
    if (digits == 0 || digits > 12)
        refuse(name, value, expected);
    const std::int64_t number = std::stoll(value.substr(0, digits));
    const std::string_view of = std::string_view(value).substr(digits);
    for (const unit &each : units)
        if (of == each.name && number <= most / each.factor && number * each.factor >= least)
            return number * each.factor;
    refuse(name, value, expected);
}

class value_reader {
public:
    explicit value_reader(const options::variables_map &values) : values_(values) {}

    const std::string &text(const std::string &name) const { return values_[name].as<std::string>(); }

    template <class Number>
    Number count(const std::string &name, std::int64_t least, std::int64_t most) const {
        return static_cast<Number>(
            number_of(name, text(name), {{"", 1}}, least, most,
                      "a number from " + std::to_string(least) + " to " + std::to_string(most)));
    }
    std::size_t bytes(const std::string &name, std::int64_t least, std::int64_t most) const {
        return static_cast<std::size_t>(number_of(
            name, text(name), {{"", 1}, {"B", 1}, {"kB", 1024}, {"MB", 1024 * 1024}}, least, most,
            "bytes such as 64kB or 1MB, from " + std::to_string(least) + " to " + std::to_string(most)));
    }
    milliseconds duration(const std::string &name) const {
        constexpr std::int64_t day = 86'400'000;
        return milliseconds(number_of(name, text(name),
                                      {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}}, 1, day,
                                      "a time such as 500ms, 10s or 2min, up to a day"));
    }
    bool on_or_off(const std::string &name) const {
        if (text(name) != "on" && text(name) != "off")
            refuse(name, text(name), "on or off");
        return text(name) == "on";
    }
    endpoint address(const std::string &name) const {
        const std::string &value = text(name);
        const std::size_t colon = value.rfind(':');
        std::string host = value.substr(0, std::min(colon, value.size()));
        if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
            host = host.substr(1, host.size() - 2);
        if (colon == std::string::npos || colon + 1 == value.size() || host.empty())
            refuse(name, value, "an address and a port such as 127.0.0.1:8080 or *:8080");
        number_of(name, value.substr(colon + 1), {{"", 1}}, 0, 65535, "a port from 0 to 65535");
        return {host == "*" ? "" : host, value.substr(colon + 1)};
    }
    log_level level(const std::string &name) const {
        constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
        const auto *found = std::find(names.begin(), names.end(), text(name));
        if (found == names.end())
            refuse(name, text(name), "debug, info, warning or error");
        return static_cast<log_level>(found - names.begin());
    }

private:
    const options::variables_map &values_;
};

constexpr std::int64_t kilobyte = 1024;
constexpr std::int64_t megabyte = 1024 * kilobyte;

void read_network(settings &into, const value_reader &values) {
    into.listen = values.address("listen");
    if (!values.text("metrics-listen").empty())
        into.metrics_listen = values.address("metrics-listen");
    into.tls_certificate = values.text("tls-certificate");
    into.tls_key = values.text("tls-key");
    into.credentials = values.text("credentials");
    into.level = values.level("log-level");
    into.logs_access = values.on_or_off("access-log");
}

void read_database(settings &into, const value_reader &values) {
    into.database = values.text("database");
    into.database_connections = values.count<unsigned>("database-connections", 1, 100);
    into.database_connection_age = values.duration("database-connection-age");
    into.statement_timeout = values.duration("statement-timeout");
    into.lock_timeout = values.duration("lock-timeout");
    into.directory_interval = values.duration("directory-interval");
    into.status_interval = values.duration("status-interval");
}

void read_limits(settings &into, const value_reader &values) {
    into.threads = values.count<unsigned>("threads", 1, 64);
    into.body_limit = values.bytes("body-limit", kilobyte, 256 * megabyte);
    into.header_limit = values.bytes("header-limit", kilobyte, megabyte);
    into.memory_limit = values.bytes("memory-limit", megabyte, 16 * 1024 * megabyte);
    into.connection_limit = values.count<unsigned>("connection-limit", 1, 1'000'000);
    into.account_queue = values.count<unsigned>("account-queue", 1, 1'000'000);
    into.rate_limit = values.count<unsigned>("rate-limit", 0, 1'000'000);
    into.batch_events = values.count<unsigned>("batch-events", 1, 10'000);
    into.batch_bytes = values.bytes("batch-bytes", kilobyte, 64 * megabyte);
    into.header_timeout = values.duration("header-timeout");
    into.body_timeout = values.duration("body-timeout");
    into.idle_timeout = values.duration("idle-timeout");
    into.request_timeout = values.duration("request-timeout");
    into.drain_timeout = values.duration("drain-timeout");
}

void check_together(const settings &of) {
    if (of.tls_certificate.empty() != of.tls_key.empty())
        throw settings_error("tls-certificate and tls-key go together: one of them is missing");
    // A chunked body is read into twice its size at most.
    if (of.memory_limit < 2 * of.body_limit)
        throw settings_error("memory-limit must be at least twice body-limit");
}

struct free_conninfo {
    void operator()(PQconninfoOption *of) const { PQconninfoFree(of); }
};

// Whoever lists processes sees the flags.
void check_no_password_in_flag(const options::variables_map &flags) {
    if (flags.count("database") == 0)
        return;
    char *problem = nullptr;
    const std::unique_ptr<PQconninfoOption, free_conninfo> parts(
        PQconninfoParse(flags["database"].as<std::string>().c_str(), &problem));
    if (!parts) {
        std::string text = problem ? problem : "out of memory";
        PQfreemem(problem);
        throw settings_error("database: " + text.substr(0, text.find_last_not_of('\n') + 1));
    }
    for (const PQconninfoOption *each = parts.get(); each->keyword; ++each)
        if (std::string_view(each->keyword) == "password" && each->val)
            throw settings_error(
                "--database holds a password, which every user of this machine can see in the list of "
                "processes; put it into a password file (PGPASSFILE), the settings file or "
                "PGCRM_GATEWAY_DATABASE");
}

void read_file(const std::string &path, const options::options_description &known,
               options::variables_map &into) {
    if (path.empty())
        return;
    std::ifstream file(path);
    if (!file)
        throw settings_error("config: cannot read \"" + path + "\"");
    options::store(options::parse_config_file(file, known), into);
}

// --metrics-listen= is a flag and its value, which is empty; the parser takes that in two words only.
std::vector<std::string> words_of(int argument_count, const char *const *arguments) {
    std::vector<std::string> words;
    words.reserve(2 * static_cast<std::size_t>(argument_count));
    for (int i = 1; i < argument_count; ++i) {
        std::string word = arguments[i];
        const bool is_empty_value = word.starts_with("--") && word.find('=') + 1 == word.size();
        words.push_back(is_empty_value ? word.substr(0, word.size() - 1) : std::move(word));
        if (is_empty_value)
            words.emplace_back();
    }
    return words;
}

void read_sources(const std::vector<std::string> &words, options::variables_map &values) {
    const options::options_description known = setting_options(), commands = command_options();
    options::options_description flags;
    flags.add(known).add(commands);
    options::options_description without_defaults;
    without_defaults.add_options()("database", options::value<std::string>());
    options::variables_map given;
    options::store(
        options::command_line_parser(words)
            .options(without_defaults)
            .allow_unregistered()
            .style(options::command_line_style::unix_style & ~options::command_line_style::allow_guessing)
            .run(),
        given);
    check_no_password_in_flag(given);
    options::store(
        options::command_line_parser(words)
            .options(flags)
            .positional(options::positional_options_description())
            .style(options::command_line_style::unix_style & ~options::command_line_style::allow_guessing)
            .run(),
        values);
    options::store(
        options::parse_environment(
            flags, [&known](const std::string &variable) { return setting_of_variable(known, variable); }),
        values);
    read_file(values["config"].as<std::string>(), known, values);
}

} // namespace

command_line read_settings(int argument_count, const char *const *arguments) {
    options::variables_map values;
    try {
        read_sources(words_of(argument_count, arguments), values);
    } catch (const options::error &wrong) {
        throw settings_error(wrong.what());
    }
    command_line read;
    read.wants_help = values.count("help") > 0;
    read.wants_version = values.count("version") > 0;
    read.wants_check = values.count("check") > 0;
    const value_reader reader(values);
    read_network(read.with, reader);
    read_database(read.with, reader);
    read_limits(read.with, reader);
    check_together(read.with);
    return read;
}

std::string settings_help() {
    std::ostringstream text;
    text << "pgcrm-gateway: takes webhooks over HTTP and answers each when it is committed in PostgreSQL\n\n"
         << "  pgcrm-gateway [--config FILE] [SETTING...]\n"
         << "  pgcrm-gateway --check [SETTING...]\n\n"
         << "A setting is a flag, a line of the file, or a variable: --tls-key, tls-key = ..., "
            "PGCRM_GATEWAY_TLS_KEY.\n"
         << "SIGTERM ends it when the requests under way are answered; SIGHUP reads certificate, credentials "
            "and\n"
         << "accounts again.\n\n"
         << command_options() << '\n'
         << setting_options();
    return text.str();
}

} // namespace pgcrm::gateway
