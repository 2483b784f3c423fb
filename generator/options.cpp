// Every value is checked where it is read, and an error names the option.
#include "options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <getopt.h>

namespace pgcrm::gen {
namespace {

using namespace std::chrono;

constexpr std::uint64_t max_events = 1'000'000'000;
constexpr std::uint64_t max_fields = 1000;
constexpr std::size_t max_offices = 1000;
constexpr per_million whole = 1'000'000;

[[noreturn]] void refuse(std::string_view option, std::string_view expected, std::string_view value) {
    throw bad_option("--" + std::string{option} + ": expected " + std::string{expected} + ", not \"" +
                     std::string{value} + "\"");
}

std::uint64_t parse_number(std::string_view option, std::string_view value, std::uint64_t max) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || problem != std::errc{} || end != value.data() + value.size() || number > max) {
        refuse(option, "a whole number up to " + std::to_string(max), value);
    }
    return number;
}

// An account of the same name can be made in the database.
bool is_office_name(std::string_view name) noexcept {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= 41 && is_lower(name[0]) && std::ranges::all_of(name, [&](char c) {
        return is_lower(c) || (c >= '0' && c <= '9') || c == '_';
    });
}

std::vector<std::string> parse_offices(std::string_view value) {
    std::vector<std::string> names;
    for (std::string_view rest = value;;) {
        const std::size_t comma = rest.find(',');
        const std::string_view name = rest.substr(0, comma);
        if (!is_office_name(name)) {
            refuse("offices", "names of lower case letters, digits and underscores, separated by commas",
                   value);
        }
        if (std::ranges::find(names, name) != names.end()) {
            refuse("offices", "each name once", value);
        }
        names.emplace_back(name);
        if (comma == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(comma + 1);
    }
    if (names.size() > max_offices) {
        refuse("offices", "at most " + std::to_string(max_offices) + " names", std::to_string(names.size()));
    }
    return names;
}

sys_days parse_day(std::string_view option, std::string_view value) {
    const std::optional<sys_days> date = parse_date(value);
    if (!date || *date < sys_days{year{1970} / 1 / 1} || *date > sys_days{year{2199} / 12 / 31}) {
        refuse(option, "a date like 2024-01-31, from 1970 to 2199", value);
    }
    return *date;
}

// Digits only, so that "0.02" is the same share on every machine.
per_million parse_rate(std::string_view option, std::string_view value, per_million max) {
    const std::size_t point = value.find('.');
    const std::string_view ones = value.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? "" : value.substr(point + 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string expected = max == whole ? "a share from 0 to 1" : "a share from 0 to 0.5";
    if ((ones.empty() && part.empty()) || ones.size() > 1 || part.size() > 6 ||
        !std::ranges::all_of(ones, is_digit) || !std::ranges::all_of(part, is_digit)) {
        refuse(option, expected + " with at most six decimals", value);
    }
    std::string millionths = std::string{ones} + std::string{part};
    millionths.append(6 - part.size(), '0');
    const auto rate = static_cast<per_million>(std::stoul(millionths));
    if (rate > max) {
        refuse(option, expected, value);
    }
    return rate;
}

std::string parse_out(std::string_view value) {
    if (value.empty()) {
        refuse("out", "a directory, or - for standard output", value);
    }
    return std::string{value};
}

line_format parse_format(std::string_view value) {
    if (value != "ndjson" && value != "copy") {
        refuse("format", "ndjson or copy", value);
    }
    return value == "copy" ? line_format::copy : line_format::ndjson;
}

order parse_order(std::string_view value) {
    if (value != "delivery" && value != "time") {
        refuse("order", "delivery or time", value);
    }
    return value == "time" ? order::time : order::delivery;
}

struct request {
    options made;
    std::string out = ".";
    sys_days from = floor<days>(settings{}.open.from);
    sys_days to = floor<days>(settings{}.open.until) - days{1};
};

struct rule {
    const char *name;
    int argument;
    void (*apply)(request &, const char *value);
};

constexpr std::array rules{
    rule{"offices", required_argument,
         [](request &r, const char *v) { r.made.wanted.offices = parse_offices(v); }},
    rule{"events", required_argument,
         [](request &r, const char *v) { r.made.wanted.events = parse_number("events", v, max_events); }},
    rule{"seed", required_argument,
         [](request &r, const char *v) { r.made.wanted.seed = parse_number("seed", v, UINT64_MAX); }},
    rule{"fields", required_argument,
         [](request &r, const char *v) {
             r.made.wanted.fields = static_cast<std::uint32_t>(parse_number("fields", v, max_fields));
         }},
    rule{"from", required_argument, [](request &r, const char *v) { r.from = parse_day("from", v); }},
    rule{"to", required_argument, [](request &r, const char *v) { r.to = parse_day("to", v); }},
    rule{"out", required_argument, [](request &r, const char *v) { r.out = parse_out(v); }},
    rule{"format", required_argument, [](request &r, const char *v) { r.made.format = parse_format(v); }},
    rule{"order", required_argument, [](request &r, const char *v) { r.made.wanted.by = parse_order(v); }},
    rule{"duplicates", required_argument,
         [](request &r, const char *v) {
             r.made.wanted.rates.duplicates = parse_rate("duplicates", v, whole);
         }},
    rule{"late", required_argument,
         [](request &r, const char *v) { r.made.wanted.rates.late = parse_rate("late", v, whole); }},
    rule{"disorder", required_argument,
         [](request &r, const char *v) { r.made.wanted.rates.disorder = parse_rate("disorder", v, whole); }},
    // Each broken body stands beside a whole one, so they cannot be more than half.
    rule{"broken", required_argument,
         [](request &r, const char *v) { r.made.wanted.rates.broken = parse_rate("broken", v, whole / 2); }},
    rule{"truth", required_argument, [](request &r, const char *v) { r.made.truth_file = v; }},
    rule{"progress", no_argument, [](request &r, const char *) { r.made.shows_progress = true; }},
    rule{"help", no_argument, [](request &r, const char *) { r.made.what = task::show_help; }},
    rule{"version", no_argument, [](request &r, const char *) { r.made.what = task::show_version; }},
};

// What getopt returns for the first rule; above all characters, which are short options.
constexpr int first_code = 1000;

// The rules as getopt wants them, with an empty one at the end.
std::array<struct option, rules.size() + 1> long_options() {
    std::array<struct option, rules.size() + 1> all{};
    for (std::size_t i = 0; i < rules.size(); ++i) {
        all[i] = {rules[i].name, rules[i].argument, nullptr, first_code + static_cast<int>(i)};
    }
    return all;
}

void check_window(const request &asked) {
    if (asked.to < asked.from) {
        throw bad_option("--to: expected a date that is not before --from");
    }
    if (asked.to - asked.from > days{36'525}) {
        throw bad_option("--to: expected a date at most a hundred years after --from");
    }
}

// getopt prints nothing (its messages are not ours); this says the same.
[[noreturn]] void refuse_unknown(int code, std::string_view argument) {
    if (optopt > 0 && optopt < first_code) {
        throw bad_option(std::string("unknown option \"-") + static_cast<char>(optopt) + "\"");
    }
    if (code == ':') {
        throw bad_option("option \"" + std::string{argument} + "\" needs a value");
    }
    throw bad_option("unknown option \"" + std::string{argument} + "\"");
}

request read(std::span<char *const> arguments) {
    request asked;
    const auto known = long_options();
    const auto argument = [&](int index) { return arguments[static_cast<std::size_t>(index)]; };
    opterr = 0;
    optind = 0; // start anew, also when called before
    for (;;) {
        const int code =
            getopt_long(static_cast<int>(arguments.size()), arguments.data(), ":", known.data(), nullptr);
        if (code == -1) {
            break;
        }
        if (code == '?' || code == ':') {
            refuse_unknown(code, argument(optind - 1));
        }
        rules[static_cast<std::size_t>(code - first_code)].apply(asked, optarg);
    }
    if (optind < std::ssize(arguments)) {
        throw bad_option("unexpected argument \"" + std::string{argument(optind)} + "\"");
    }
    return asked;
}

} // namespace

options parse_options(std::span<char *const> arguments) {
    const request asked = read(arguments);
    if (asked.made.what != task::generate) {
        return asked.made;
    }
    check_window(asked);
    options made = asked.made;
    made.wanted.open = {asked.from, asked.to + days{1}};
    if (asked.out != "-") {
        made.directory = asked.out;
    }
    return made;
}

std::string_view help_text() noexcept {
    return R"(usage: pgcrm-gen [options]

Makes life-like webhooks of a noCRM account for each office, one body a line. The same
options make the same bytes, on any machine.

  --offices NAMES     names, separated by commas (office_a,office_b,office_c)
  --events N          bodies in all, repeated and broken ones included (60000)
  --seed N            another seed, another history (1)
  --fields N          custom fields of each lead beside the four that all have (0); each
                      makes the body of a lead about 20 bytes longer
  --from DATE         first day (2024-01-01)
  --to DATE           last day (2025-12-31)
  --out DIR           writes DIR/<office>.ndjson (the current directory); with - to standard
                      output, where lines begin with "<office><tab>" if offices are several
  --format FORMAT     ndjson (default), or copy: for COPY ... FROM into one text column
  --order ORDER       delivery (default): as a receiver sees them; time: as they happened
  --duplicates SHARE  of the events, delivered again one to four times (0.02)
  --late SHARE        of the events, hours to three weeks late (0.005)
  --disorder SHARE    of the events, held up seconds to two hours and overtaken (0.05)
  --broken SHARE      of the bodies, of no use (0.0005)
  --truth FILE        writes what a correct reader must count, and the API keys, as JSON
  --progress          shows a bar, if standard error is a terminal
  --help, --version
)";
}

} // namespace pgcrm::gen
