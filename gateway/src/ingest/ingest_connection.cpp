#include "ingest/ingest_connection.hpp"

#include "database/error_kind.hpp"
#include "ingest/bytea_array.hpp"
#include "operations/log.hpp"

#include <algorithm>
#include <random>

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

constexpr const char *statement_name = "ingest";
// One that is younger is not made anew for an error: an account that stays as it is costs a connection now
// and then, and not one for each batch.
constexpr auto renewed_after = 5s;

// The function is named with its schema: a search_path could lead elsewhere.
std::string ingest_statement(const std::string &schema) {
    return "select outcome, stream, event_id, pg_catalog.array_to_json(problems) from " + schema +
           ".crm_ingest_batch($1::pg_catalog.text, $2::pg_catalog.bytea[])";
}

} // namespace

ingest_connection::ingest_connection(asio::io_context &loop, asio::thread_pool &connectors,
                                     const settings &with, metrics &counts, ingest_queue &queue)
    : loop_(loop), connectors_(connectors), with_(with), counts_(counts), queue_(queue),
      database_(loop.get_executor()) {}

void ingest_connection::run(waiting wait) {
    timer pause(loop_.get_executor());
    for (;;) {
        const bool is_open = prepare(wait);
        const bool was_renewing = std::exchange(is_renewing_, false);
        if (is_open) {
            failures_ = 0;
            is_ready_ = true;
            opened_at_ = steady_clock::now();
            counts_.database_connections.add(1);
            queue_.on_ready();
            read_results(wait);
            is_ready_ = false;
            counts_.database_connections.add(-1);
            end_session();
        } else {
            log::limited(log_level::warning, "database cannot be reached", {{"detail", database_.problem()}});
            if (was_renewing)
                tell_lost(); // events that wait for it may wait for nobody
        }
        database_.close();
        if (is_renewing_)
            continue;
        pause.expires_after(next_pause());
        pause.async_wait(wait);
    }
}

// It was closed by us, with nothing under way, or lost.
void ingest_connection::end_session() {
    if (is_renewing_ && under_way_.empty())
        return;
    is_renewing_ = false;
    counts_.database_losses.add();
    log::limited(log_level::warning, "connection to the database lost", {{"detail", database_.problem()}});
    tell_lost();
}

// From 50 ms up to 5 s, spread out so that all do not come at one moment.
std::chrono::milliseconds ingest_connection::next_pause() {
    thread_local std::minstd_rand random{std::random_device{}()};
    const unsigned longest = std::min(50U << std::min(failures_++, 7U), 5000U);
    return std::chrono::milliseconds(std::uniform_int_distribution<unsigned>(longest / 2, longest)(random));
}

bool ingest_connection::prepare(waiting wait) {
    const auto schema = database_.open(connectors_, with_, wait);
    if (!schema)
        return false;
    const database_result prepared =
        database_.query("prepare " + std::string(statement_name) +
                            " (pg_catalog.text, pg_catalog.bytea[]) as " + ingest_statement(*schema),
                        wait);
    return prepared && is_ok(prepared) && PQenterPipelineMode(database_.handle()) == 1;
}

void ingest_connection::send(std::unique_ptr<batch> next) {
    write_bytea_array(bodies_, next->events);
    const std::string &account = next->of->of->name;
    const std::array<const char *, 2> values{account.c_str(), bodies_.data()};
    const std::array<int, 2> lengths{static_cast<int>(account.size()), static_cast<int>(bodies_.size())};
    const std::array<int, 2> formats{0, 1};
    next->sent_at = steady_clock::now();
    ++next->attempts;
    counts_.batches.add();
    counts_.batched_events.add(next->events.size());
    under_way_.push_back(std::move(next));
    bool left = false;
    if (PQsendQueryPrepared(database_.handle(), statement_name, 2, values.data(), lengths.data(),
                            formats.data(), 0) == 0 ||
        PQpipelineSync(database_.handle()) == 0 || !database_.flush(left)) {
        give_up();
        return;
    }
    if (left && !is_writing_)
        start(loop_, [this](waiting wait) { write_rest(wait); });
}

void ingest_connection::write_rest(waiting wait) {
    is_writing_ = true;
    bool left = true;
    while (left && database_.writable(wait))
        if (!database_.is_open() || !database_.flush(left))
            break;
    is_writing_ = false;
}

void ingest_connection::read_results(waiting wait) {
    while (database_.readable(wait))
        if (PQconsumeInput(database_.handle()) == 0 || !take_results())
            break;
}

// Everything that has come whole. False when the connection is of no use any more.
bool ingest_connection::take_results() {
    // A null ends the results of one statement, and nothing more has come when a null follows a null.
    bool was_null = false;
    while (database_.is_open() && PQisBusy(database_.handle()) == 0) {
        database_result next(PQgetResult(database_.handle()));
        if (!next && was_null)
            break;
        was_null = !next;
        if (!next)
            continue;
        if (PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC)
            finish_batch();
        else
            last_ = std::move(next);
    }
    return database_.is_open() && PQstatus(database_.handle()) == CONNECTION_OK;
}

// The sync is answered after the commit, so what the statement gave is true only now.
void ingest_connection::finish_batch() {
    std::unique_ptr<batch> done = std::move(under_way_.front());
    under_way_.pop_front();
    const database_result result = std::move(last_);
    const time_point now = steady_clock::now();
    counts_.commit_time.observe(now - done->sent_at);
    if (!under_way_.empty())
        under_way_.front()->sent_at = now; // it waited behind the other until now
    if (result && PQresultStatus(result.get()) == PGRES_TUPLES_OK)
        queue_.on_committed(std::move(done), result);
    else
        fail_batch(std::move(done), result);
    if (is_renewing_)
        renew();
}

void ingest_connection::fail_batch(std::unique_ptr<batch> failed, const database_result &why) {
    const std::string sqlstate = sqlstate_of(why);
    queue_.on_failed(std::move(failed), sqlstate, message_of(why));
    if (is_of_a_standby(sqlstate))
        give_up();
    else if (may_be_the_connections_age(sqlstate) && steady_clock::now() - opened_at_ > renewed_after)
        renew();
}

void ingest_connection::renew() noexcept {
    is_renewing_ = true;
    if (under_way_.empty())
        database_.close();
}

void ingest_connection::tell_lost() {
    std::vector<std::unique_ptr<batch>> lost;
    lost.reserve(under_way_.size());
    for (auto &each : under_way_)
        lost.push_back(std::move(each));
    under_way_.clear();
    last_.reset();
    queue_.on_lost(std::move(lost));
}

} // namespace pgcrm::gateway
