// Events on their way into the database, group commit, and who comes next. One for each loop.
//
//   request ─> queue of its account ─┐                     ┌─> connection ─> transaction ─> commit ─> answers
//   request ─> queue of its account ─┼─ accounts in turn ──┤      (two batches of one account at a time)
//   request ─> queue of its account ─┘                     └─> connection ─> ...
//
// * A batch is one statement and one transaction, of one account. What arrives while a batch is under way
//   goes into the next, so a batch is as large as the database is slow.
// * Accounts take turns. An account has a second batch under way only while no other account waits for a
//   connection: on an idle connection, so that both batches wait for the disk together, else behind the
//   first one in the pipeline. It has to be as large as the first, or each would carry few events and the
//   database would do twice the work. One whose batch took long is slow until a batch is quick again; slow
//   accounts have one batch each, and together half of the connections. So a quick account waits for one
//   quick batch; or, when accounts become slow at the same moment on all connections, once until the batches
//   end that these have under way: two statement_timeouts at most.
// * An event is answered after the commit that holds it was seen. A batch that failed is sent again
//   (deadlock, serialisation failure, connection lost while others stand), cut in two until the event that
//   fails is alone (database/error_kind.hpp), or answered with 503. An event may be sent twice; the database
//   stores it once.
#pragma once

#include "database/database.hpp"
#include "ingest/accounts.hpp"
#include "ingest/ingest_result.hpp"
#include "operations/budget.hpp"
#include "operations/settings.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace pgcrm::gateway {

struct waiting_event {
    std::string body;
    reservation memory;
    time_point arrived_at;
    asio::any_completion_handler<void(ingest_result)> answer;
};

struct account_queue;

struct batch {
    account_queue *of;
    std::vector<waiting_event> events;
    unsigned attempts = 0;
    time_point sent_at{}; // or, behind another batch in the pipeline, when that one was done
};

class ingest_connection;

struct account_queue {
    std::shared_ptr<account> of;
    std::deque<waiting_event> events;
    std::deque<std::unique_ptr<batch>> again; // to be sent again before anything else
    unsigned under_way = 0;                   // batches
    std::size_t events_under_way = 0;
    bool is_slow = false;
    bool is_in_turn = false;

    bool has_work() const { return !events.empty() || !again.empty(); }
    bool fills_a_batch() const {
        return !again.empty() || events.size() >= std::max<std::size_t>(events_under_way, 1);
    }
};

class ingest_queue {
public:
    ingest_queue(asio::io_context &loop, asio::thread_pool &connectors, const settings &with,
                 metrics &counts);
    ~ingest_queue();
    ingest_queue(const ingest_queue &) = delete;
    ingest_queue &operator=(const ingest_queue &) = delete;

    // Opens the connections, and opens them again for as long as the loop runs.
    void start();

    // Why the next event of the account would be refused; none when it may come.
    std::optional<refusal> refusal_of(const account &of) const;

    // Completes with what became of the event.
    template <class Token>
    auto async_ingest(std::shared_ptr<account> of, std::string body, reservation memory, Token &&token) {
        return asio::async_initiate<Token, void(ingest_result)>(
            // NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved from
            [this](auto handler, std::shared_ptr<account> whose, std::string text, reservation held) {
                add(std::move(whose),
                    {std::move(text), std::move(held), steady_clock::now(), std::move(handler)});
            },
            token, std::move(of), std::move(body), std::move(memory));
    }

    bool is_ready() const; // a connection stands, or is just being made anew

    // Called every second or so: ends what waited too long.
    void check_time(time_point now);

    // What the connections tell.
    void on_ready();
    void on_committed(std::unique_ptr<batch> done, const database_result &rows);
    void on_failed(std::unique_ptr<batch> failed, const std::string &sqlstate, const std::string &message);
    void on_lost(std::vector<std::unique_ptr<batch>> lost);

private:
    void add(std::shared_ptr<account> of, waiting_event event);
    void plan_to_send();
    void send_what_can_be();
    bool has_waiting_accounts() const;
    ingest_connection *connection_for(const account_queue &next) const;
    ingest_connection *idle_connection() const;
    ingest_connection *connection_of(const account_queue &of) const;
    std::size_t connections_of_slow_accounts() const;
    std::unique_ptr<batch> next_batch(account_queue &of) const;
    void send(account_queue &of, ingest_connection &on);
    static void release(const batch &of);
    void take_turn(account_queue &of);
    void send_again(std::unique_ptr<batch> of);
    void send_later(std::unique_ptr<batch> of);
    void split(std::unique_ptr<batch> of);
    // An answer never adds an event before it returns: its connection has to write first.
    void fail(batch &of, const ingest_result &with);
    void renew_one(time_point now);

    asio::io_context &loop_;
    const settings &with_;
    metrics &counts_;
    std::unordered_map<const account *, std::unique_ptr<account_queue>> queues_;
    std::deque<account_queue *> turns_;
    std::vector<std::unique_ptr<ingest_connection>> connections_;
    bool will_send_ = false;
    bool may_pipeline_ = true; // in this round
};

} // namespace pgcrm::gateway
