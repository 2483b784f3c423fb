#include "ingest/directory_watch.hpp"

#include "operations/log.hpp"

#include <algorithm>
#include <charconv>

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto distance = 200ms; // of two readings, from the end of one to the beginning of the next
// After that an account that cannot be read is looked at by a new session, which may have a newer library.
constexpr auto new_session_after = 10s;

template <class Number> std::optional<Number> number_at(const database_result &rows, int row, int column) {
    const auto text = value_of(rows, row, column);
    Number number{};
    if (!text || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc())
        return std::nullopt;
    return number;
}

std::optional<digest> digest_in_hexadecimal(std::string_view text) {
    digest read{};
    if (text.size() != read.size() * 2)
        return std::nullopt;
    for (std::size_t i = 0; i < read.size(); ++i) {
        const char *two = text.data() + 2 * i;
        if (std::from_chars(two, two + 2, read[i], 16).ptr != two + 2)
            return std::nullopt;
    }
    return read;
}

std::optional<secret> secret_at(const database_result &rows, int row, time_point now) {
    const auto text = value_of(rows, row, 1);
    const auto of = text ? digest_in_hexadecimal(*text) : std::nullopt;
    if (!of)
        return std::nullopt;
    const auto seconds = number_at<double>(rows, row, 2);
    constexpr double a_year = 365.0 * 86400;
    if (!seconds)
        return secret{*of, std::nullopt};
    const std::chrono::duration<double> left(std::clamp(*seconds, 0.0, a_year));
    return secret{*of, now + std::chrono::duration_cast<steady_clock::duration>(left)};
}

// Of an account that is being altered, or is broken, the database tells no secrets, which is not that it has
// none.
std::optional<std::vector<secret>> secrets_from(const database_result &rows, int row) {
    if (value_of(rows, row, 3) == "t")
        return std::nullopt;
    return std::vector<secret>();
}

} // namespace

std::optional<std::vector<told_account>> read_told_accounts(database_connection &from,
                                                            const std::string &schema, waiting wait) {
    const time_point asked_at = steady_clock::now();
    const database_result rows = from.query(
        "select a.account, pg_catalog.encode(s.digest, 'hex'), s.valid_seconds, a.digests is null from " +
            schema +
            ".crm_gateway_accounts() a left join lateral rows from (pg_catalog.unnest(a.digests), "
            "pg_catalog.unnest(a.valid_seconds)) as s(digest, valid_seconds) on true order by a.account",
        wait);
    if (!rows || !is_ok(rows))
        return std::nullopt;
    std::vector<told_account> told;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        const std::string_view name = *value_of(rows, row, 0);
        if (told.empty() || told.back().name != name)
            told.push_back({std::string(name), secrets_from(rows, row)});
        if (const auto read = secret_at(rows, row, asked_at))
            told.back().secrets->push_back(*read);
    }
    return told;
}

directory_watch::directory_watch(asio::io_context &loop, asio::thread_pool &connectors, const settings &with,
                                 account_registry &registry, metrics &counts)
    : with_(with), connectors_(connectors), registry_(registry), counts_(counts),
      database_(loop.get_executor()), pause_(loop.get_executor()) {}

void directory_watch::use(api_keys keys) {
    keys_ = std::move(keys);
    has_to_read_ = true;
    pause_.cancel();
}

void directory_watch::run(waiting wait) {
    for (;;) {
        if (prepare(wait))
            watch(wait);
        const bool goes_on = std::exchange(is_renewing_, false);
        if (!goes_on)
            log::limited(log_level::warning, "accounts cannot be read", {{"detail", database_.problem()}});
        database_.close();
        if (goes_on)
            continue;
        pause_.expires_after(1s);
        error_code woken;
        pause_.async_wait(wait[woken]);
    }
}

bool directory_watch::prepare(waiting wait) {
    const auto schema = database_.open(connectors_, with_, wait);
    if (!schema)
        return false;
    schema_ = *schema;
    opened_at_ = steady_clock::now();
    const database_result listening = database_.query("listen pgcrm_gateway", wait);
    return listening && is_ok(listening);
}

void directory_watch::watch(waiting wait) {
    for (;;) {
        keep_distance(wait);
        is_renewing_ = is_too_old();
        if (is_renewing_ || !read_accounts(wait))
            break;
        const bool is_due =
            !statuses_read_at_ || steady_clock::now() - *statuses_read_at_ >= with_.status_interval;
        if (is_due && !read_statuses(wait))
            break;
        if (!wait_for_change(wait))
            break;
    }
}

// What is told meanwhile stays in the socket.
void directory_watch::keep_distance(waiting wait) {
    while (steady_clock::now() < read_at_ + distance) {
        error_code woken;
        pause_.expires_at(read_at_ + distance);
        pause_.async_wait(wait[woken]);
    }
}

bool directory_watch::is_too_old() const {
    const auto age = steady_clock::now() - opened_at_;
    return age > with_.database_connection_age || (has_unread_ && age > new_session_after);
}

bool directory_watch::read_accounts(waiting wait) {
    auto told = read_told_accounts(database_, schema_, wait);
    if (!told)
        return false;
    read_at_ = steady_clock::now();
    has_unread_ =
        std::any_of(told->begin(), told->end(), [](const told_account &each) { return !each.secrets; });
    registry_.replace(std::move(*told), keys_);
    return true;
}

bool directory_watch::read_statuses(waiting wait) {
    const database_result rows =
        database_.query("select account, extract(epoch from lag), pending_leads, stuck_leads, quarantined, "
                        "(refresh_error is not null)::pg_catalog.int4 from pgcrm.account_status",
                        wait);
    if (!rows || !is_ok(rows))
        return false;
    std::vector<account_status> statuses;
    statuses.reserve(static_cast<std::size_t>(PQntuples(rows.get())));
    for (int row = 0; row < PQntuples(rows.get()); ++row)
        statuses.push_back({std::string(*value_of(rows, row, 0)), number_at<double>(rows, row, 1),
                            number_at<std::int64_t>(rows, row, 2), number_at<std::int64_t>(rows, row, 3),
                            number_at<std::int64_t>(rows, row, 4), number_at<std::int64_t>(rows, row, 5)});
    counts_.set_statuses(std::move(statuses));
    statuses_read_at_ = steady_clock::now();
    return true;
}

// Until the database tells of a change, the interval is over, or somebody wants to know now.
bool directory_watch::wait_for_change(waiting wait) {
    if (std::exchange(has_to_read_, false) || take_notifications())
        return true;
    error_code woken;
    pause_.expires_after(std::min(with_.directory_interval, with_.status_interval));
    database_.on_readable([this] { pause_.cancel(); });
    pause_.async_wait(wait[woken]);
    database_.stop_waiting();
    if (!database_.is_open() || PQconsumeInput(database_.handle()) == 0)
        return false;
    take_notifications();
    has_to_read_ = false;
    return true;
}

bool directory_watch::take_notifications() {
    bool has_any = false;
    while (PGnotify *told = PQnotifies(database_.handle())) {
        PQfreemem(told);
        has_any = true;
    }
    return has_any;
}

} // namespace pgcrm::gateway
