#include "ingest/ingest_queue.hpp"

#include "database/error_kind.hpp"
#include "ingest/ingest_connection.hpp"
#include "operations/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <iterator>
#include <random>

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

constexpr unsigned batches_of_an_account = 2;
constexpr unsigned most_attempts = 8;
constexpr auto slow_after = 1s;
constexpr auto quick_within = 500ms;
constexpr auto patience = 5s; // beyond statement_timeout, before a silent connection is given up

outcome outcome_named(std::string_view name) {
    const auto *found = std::find(outcome_names.begin(), outcome_names.end(), name);
    return found == outcome_names.end() ? outcome::stored
                                        : static_cast<outcome>(found - outcome_names.begin());
}

std::string text_at(const database_result &rows, int row, int column) {
    return std::string(value_of(rows, row, column).value_or(""));
}

ingest_result committed_row(const database_result &rows, int row) {
    ingest_result result;
    result.is = ingest_result::kind::committed;
    result.what = outcome_named(*value_of(rows, row, 0));
    result.stream = text_at(rows, row, 1);
    result.event_id = text_at(rows, row, 2);
    result.problems = text_at(rows, row, 3);
    return result;
}

ingest_result unavailable(refusal why) {
    ingest_result result;
    result.why = why;
    return result;
}

std::chrono::milliseconds pause_before_attempt(unsigned attempts) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const unsigned longest = std::min(5U << attempts, 500U);
    return std::chrono::milliseconds(std::uniform_int_distribution<unsigned>(1, longest)(random));
}

} // namespace

ingest_queue::ingest_queue(asio::io_context &loop, asio::thread_pool &connectors, const settings &with,
                           metrics &counts)
    : loop_(loop), with_(with), counts_(counts) {
    connections_.reserve(with.database_connections);
    for (unsigned i = 0; i < with.database_connections; ++i)
        connections_.push_back(std::make_unique<ingest_connection>(loop, connectors, with, counts, *this));
}

ingest_queue::~ingest_queue() = default;

void ingest_queue::start() {
    for (const auto &each : connections_)
        pgcrm::gateway::start(loop_, [connection = each.get()](waiting wait) { connection->run(wait); });
}

bool ingest_queue::is_ready() const {
    return std::any_of(connections_.begin(), connections_.end(),
                       [](const auto &each) { return each->stands(); });
}

std::optional<refusal> ingest_queue::refusal_of(const account &of) const {
    if (!is_ready())
        return refusal::database_away;
    const auto found = queues_.find(&of);
    if (found != queues_.end() && found->second->events.size() >= with_.account_queue)
        return refusal::queue_full;
    return std::nullopt;
}

void ingest_queue::add(std::shared_ptr<account> of, waiting_event event) {
    std::unique_ptr<account_queue> &queue = queues_[of.get()];
    if (!queue) {
        queue = std::make_unique<account_queue>();
        queue->of = std::move(of);
    }
    queue->of->counters.queued.add(1);
    queue->of->counters.bytes.add(event.body.size());
    queue->events.push_back(std::move(event));
    take_turn(*queue);
}

void ingest_queue::take_turn(account_queue &of) {
    if (of.is_in_turn || of.under_way >= batches_of_an_account || !of.fills_a_batch())
        return;
    of.is_in_turn = true;
    turns_.push_back(&of);
    plan_to_send();
}

// After all that is ready in this round of the loop, so that requests that came together go together.
void ingest_queue::plan_to_send() {
    if (std::exchange(will_send_, true))
        return;
    asio::post(loop_, [this] {
        will_send_ = false;
        send_what_can_be();
    });
}

// Whether more accounts wait for a connection than there are idle ones. A connection gets idle only when
// nothing is put behind the batch that it has under way.
bool ingest_queue::has_waiting_accounts() const {
    const auto in_line = std::count_if(turns_.begin(), turns_.end(), [](const account_queue *each) {
        return each->under_way == 0 && !each->is_slow && each->has_work();
    });
    const auto idle = std::count_if(connections_.begin(), connections_.end(), [](const auto &each) {
        return each->is_ready() && each->under_way() == 0;
    });
    return in_line > idle;
}

void ingest_queue::send_what_can_be() {
    may_pipeline_ = !has_waiting_accounts();
    for (std::size_t turns = turns_.size(); turns > 0; --turns) {
        account_queue &next = *turns_.front();
        turns_.pop_front();
        next.is_in_turn = false;
        if (ingest_connection *on = connection_for(next)) {
            send(next, *on);
            take_turn(next);
        } else if (next.has_work()) {
            next.is_in_turn = true;
            turns_.push_back(&next);
        }
    }
}

ingest_connection *ingest_queue::connection_for(const account_queue &next) const {
    if (!next.has_work())
        return nullptr;
    if (next.under_way > 0) {
        if (!may_pipeline_ || next.is_slow)
            return nullptr;
        ingest_connection *idle = idle_connection();
        return idle ? idle : connection_of(next);
    }
    const std::size_t most_slow = std::max<std::size_t>(connections_.size() / 2, 1);
    if (next.is_slow && connections_of_slow_accounts() >= most_slow)
        return nullptr;
    return idle_connection();
}

ingest_connection *ingest_queue::idle_connection() const {
    const auto found = std::find_if(connections_.begin(), connections_.end(), [](const auto &each) {
        return each->is_ready() && each->under_way() == 0;
    });
    return found == connections_.end() ? nullptr : found->get();
}

ingest_connection *ingest_queue::connection_of(const account_queue &of) const {
    const auto found = std::find_if(connections_.begin(), connections_.end(), [&of](const auto &each) {
        return each->is_ready() && each->works_for() == &of;
    });
    return found == connections_.end() ? nullptr : found->get();
}

std::size_t ingest_queue::connections_of_slow_accounts() const {
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(),
                      [](const auto &each) { return each->works_for() && each->works_for()->is_slow; }));
}

std::unique_ptr<batch> ingest_queue::next_batch(account_queue &of) const {
    if (!of.again.empty()) {
        std::unique_ptr<batch> first = std::move(of.again.front());
        of.again.pop_front();
        return first;
    }
    auto made = std::make_unique<batch>();
    made->of = &of;
    std::size_t bytes = 0;
    while (!of.events.empty() && made->events.size() < with_.batch_events &&
           (made->events.empty() || bytes + of.events.front().body.size() <= with_.batch_bytes)) {
        bytes += of.events.front().body.size();
        made->events.push_back(std::move(of.events.front()));
        of.events.pop_front();
    }
    return made;
}

void ingest_queue::send(account_queue &of, ingest_connection &on) {
    std::unique_ptr<batch> next = next_batch(of);
    ++of.under_way;
    of.events_under_way += next->events.size();
    on.send(std::move(next));
}

void ingest_queue::release(const batch &of) {
    --of.of->under_way;
    of.of->events_under_way -= of.events.size();
}

void ingest_queue::on_ready() { plan_to_send(); }

void ingest_queue::on_committed(std::unique_ptr<batch> done, const database_result &rows) {
    account_queue &of = *done->of;
    release(*done);
    const auto took = steady_clock::now() - done->sent_at;
    of.is_slow = took > slow_after || (of.is_slow && took > quick_within);
    const int count = PQntuples(rows.get());
    for (std::size_t i = 0; i < done->events.size(); ++i) {
        // A row for each body is what crm_ingest_batch promises; without it nothing is known of the body.
        if (static_cast<int>(i) >= count) {
            done->events.erase(done->events.begin(), done->events.begin() + static_cast<std::ptrdiff_t>(i));
            fail(*done, unavailable(refusal::by_database));
            break;
        }
        ingest_result result = committed_row(rows, static_cast<int>(i));
        of.of->counters.events[static_cast<std::size_t>(result.what)].add();
        of.of->counters.queued.add(-1);
        std::move(done->events[i].answer)(std::move(result));
    }
    take_turn(of);
    plan_to_send();
}

void ingest_queue::on_failed(std::unique_ptr<batch> failed, const std::string &sqlstate,
                             const std::string &message) {
    account_queue &of = *failed->of;
    release(*failed);
    if (is_conflict(sqlstate) && failed->attempts < most_attempts) {
        send_later(std::move(failed));
    } else if (is_of_the_data(sqlstate) && failed->events.size() > 1) {
        split(std::move(failed));
    } else {
        log::limited(log_level::warning, "the database refused a batch",
                     {{"account", of.of->name},
                      {"events", failed->events.size()},
                      {"sqlstate", sqlstate},
                      {"detail", message}});
        ingest_result result = unavailable(refusal::by_database);
        if (is_of_the_data(sqlstate))
            result.is = ingest_result::kind::refused;
        result.sqlstate = sqlstate;
        fail(*failed, result);
    }
    take_turn(of);
    plan_to_send();
}

// Nobody knows whether they were committed. Sent again they are duplicates at worst.
void ingest_queue::on_lost(std::vector<std::unique_ptr<batch>> lost) {
    const bool has_others = is_ready();
    for (std::unique_ptr<batch> &each : lost) {
        account_queue &of = *each->of;
        release(*each);
        if (has_others && each->attempts < most_attempts)
            send_again(std::move(each));
        else
            fail(*each, unavailable(refusal::database_away));
        take_turn(of);
    }
    if (has_others)
        return;
    for (const auto &[of, queue] : queues_)
        while (queue->has_work())
            fail(*next_batch(*queue), unavailable(refusal::database_away));
}

void ingest_queue::send_again(std::unique_ptr<batch> of) {
    counts_.batches_retried.add();
    account_queue &queue = *of->of;
    queue.again.push_back(std::move(of));
    take_turn(queue);
}

void ingest_queue::send_later(std::unique_ptr<batch> of) {
    auto pause = std::make_shared<timer>(loop_.get_executor(), pause_before_attempt(of->attempts));
    pause->async_wait(
        [this, pause, held = std::move(of)](error_code) mutable { send_again(std::move(held)); });
}

// Neighbours of an event that fails are stored without it.
void ingest_queue::split(std::unique_ptr<batch> of) {
    counts_.batches_split.add();
    auto second = std::make_unique<batch>();
    second->of = of->of;
    const auto middle = of->events.begin() + static_cast<std::ptrdiff_t>(of->events.size() / 2);
    second->events.assign(std::make_move_iterator(middle), std::make_move_iterator(of->events.end()));
    of->events.erase(middle, of->events.end());
    of->attempts = 0;
    std::deque<std::unique_ptr<batch>> &again = of->of->again;
    again.push_front(std::move(second));
    again.push_front(std::move(of));
}

void ingest_queue::fail(batch &of, const ingest_result &with) {
    account_counters &counters = of.of->of->counters;
    for (waiting_event &each : of.events) {
        counters
            .refused[static_cast<std::size_t>(with.is == ingest_result::kind::refused ? refusal::by_database
                                                                                      : with.why)]
            .add();
        counters.queued.add(-1);
        std::move(each.answer)(ingest_result(with));
    }
    of.events.clear();
}

// One at a time: they were opened at one moment, and events go on over the others.
void ingest_queue::renew_one(time_point now) {
    const auto old = std::find_if(connections_.begin(), connections_.end(), [this, now](const auto &each) {
        return each->is_ready() && now - each->opened_at() > with_.database_connection_age;
    });
    if (old != connections_.end())
        (*old)->renew();
}

void ingest_queue::check_time(time_point now) {
    for (const auto &each : connections_) {
        if (each->under_way() == 0)
            continue;
        const auto passed = now - each->oldest_sent_at();
        const account *slow = passed > slow_after ? each->works_for()->of.get() : nullptr;
        if (slow)
            queues_.at(slow)->is_slow = true;
        if (passed > with_.statement_timeout + patience)
            each->give_up();
    }
    renew_one(now);
    for (const auto &[of, queue] : queues_) {
        while (!queue->again.empty() &&
               now - queue->again.front()->events.front().arrived_at > with_.request_timeout) {
            fail(*queue->again.front(), unavailable(refusal::too_late));
            queue->again.pop_front();
        }
        batch late;
        late.of = queue.get();
        while (!queue->events.empty() && now - queue->events.front().arrived_at > with_.request_timeout) {
            late.events.push_back(std::move(queue->events.front()));
            queue->events.pop_front();
        }
        fail(late, unavailable(refusal::too_late));
    }
}

} // namespace pgcrm::gateway
