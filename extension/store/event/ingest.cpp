#include "store/event/ingest.hpp"

#include "store/catalog/source.hpp"
#include "store/event/event_conflict.hpp"
#include "store/event/event_table.hpp"
#include "store/event/quarantine.hpp"
#include "store/event/replacement_lock.hpp"
#include "store/observation/claim.hpp"
#include "store/observation/observation_table.hpp"
#include "store/observation/stage_definition_table.hpp"
#include "store/observation/unread_value_table.hpp"
#include "store/rows/error_kind.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory_resource>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace pgcrm::store {
namespace {

constexpr std::string_view conflicting_duplicate = "conflicting duplicate";
constexpr std::string_view kept_out = "kept out of its table by a trigger";

// The events of one stream: the first of each key, and repeats of a key within the batch.
struct stream_batch {
    std::vector<event_row> firsts;
    std::vector<event_row> repeats;
};

// A body that lost its key to another event.
struct losing_body {
    body_history came;
    std::string text;
    std::string_view stream;
};

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

class ingest_batch {
public:
    ingest_batch(const account &of, source &by, std::span<const incoming_body> bodies)
        : of_(of), bodies_(bodies), results_(bodies.size()) {
        decoded_.reserve(bodies.size());
        images_.reserve(bodies.size());
        for (const incoming_body &body : bodies) {
            pgcxx::check_for_interrupts();
            decoded_.push_back(by.bodies.decode(body.text, arena_));
            images_.push_back(!decoded_.back().cells.empty() ? by.images.write(by.bodies.nodes(), arena_)
                                                             : std::string_view());
        }
    }

    std::vector<ingest_result> store_all() {
        std::vector<std::size_t> all(bodies_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        store_or_halve(all);
        return std::move(results_);
    }

private:
    void store_or_halve(std::span<const std::size_t> numbers) {
        if (numbers.empty())
            return;
        const auto failure = failure_of_data([&] { store(numbers); });
        if (!failure)
            return;
        if (failure->sqlstate == ERRCODE_UNIQUE_VIOLATION && clashes_ == clashing::impossible) {
            // An observation outlived its event, which somebody has deleted by hand: what the event says now
            // counts.
            clashes_ = clashing::replaces_the_old;
            store_or_halve(numbers);
            return;
        }
        if (numbers.size() == 1) {
            // It was refused alone: what was said becomes the problem.
            reject(numbers.front(), failure->message);
            store(numbers);
            return;
        }
        store_or_halve(numbers.first(numbers.size() / 2));
        store_or_halve(numbers.subspan(numbers.size() / 2));
    }

    // What was wrong with it before stays a reason.
    void reject(std::size_t number, std::string problem) {
        decoded &refused = decoded_[number];
        if (refused.is != verdict::rejected)
            refused.problems.clear();
        refused.is = verdict::rejected;
        refused.problems.push_back(std::move(problem));
        refused.cells = {}; // no rule has more to say
    }

    void store(std::span<const std::size_t> numbers) {
        pgcxx::spi::session sql;
        if (clashes_ == clashing::replaces_the_old)
            lock_for_replacing(sql, of_);
        losing_bodies_.clear();
        std::vector<std::size_t> stored, refused, unhandled;
        std::map<const stream *, stream_batch> events = sort_out(numbers, refused, unhandled);
        add_broken_rules(sql, refused);
        // Streams in the order of the source, so that all batches lock in one order.
        for (auto &[kind, batch] : events) {
            refuse_by_rules(sql, *kind, batch, refused);
            store_events(sql, *kind, batch, stored, refused);
        }
        store_observations(sql, stored);
        store_definitions(sql, stored);
        store_unread_values(sql, stored);
        store_unhandled(sql, unhandled, refused);
        store_refused(sql, refused);
    }

    std::map<const stream *, stream_batch> sort_out(std::span<const std::size_t> numbers,
                                                    std::vector<std::size_t> &refused,
                                                    std::vector<std::size_t> &unhandled) {
        std::map<const stream *, stream_batch> events;
        std::map<const stream *, std::unordered_map<std::string_view, bool>> keys;
        for (const std::size_t number : numbers) {
            const decoded &each = decoded_[number];
            if (each.is == verdict::rejected) {
                refused.push_back(number);
            } else if (each.is == verdict::unhandled) {
                unhandled.push_back(number);
            } else {
                stream_batch &batch = events[each.of];
                const bool is_first = keys[each.of].emplace(each.event_id, true).second;
                (is_first ? batch.firsts : batch.repeats).push_back(row_of(number));
            }
        }
        return events;
    }

    // What the rules say of bodies that were rejected already, but for rules about columns that could not be
    // read. Bodies with the same faulty columns are looked at together.
    void add_broken_rules(pgcxx::spi::session &sql, const std::vector<std::size_t> &refused) {
        std::map<std::pair<const stream *, std::vector<std::size_t>>, std::vector<event_row>> alike;
        for (const std::size_t number : refused)
            if (const decoded &each = decoded_[number]; !each.cells.empty())
                alike[{each.of, each.faulty}].push_back(row_of(number));
        std::vector<broken_rules> found;
        for (const auto &[kind, rows] : alike)
            for (broken_rules &each : rows_that_break_rules(sql, of_, *kind.first, rows, kind.second))
                found.push_back(std::move(each));
        // All of them have answered: what a batch that is halved has learned it need not ask again.
        for (broken_rules &each : found)
            for (std::string &problem : each.problems)
                decoded_[each.number].problems.push_back(std::move(problem));
        for (const std::size_t number : refused)
            decoded_[number].cells = {};
    }

    event_row row_of(std::size_t number) const {
        return {number, decoded_[number].cells, bodies_[number].text, images_[number],
                bodies_[number].first_received_at};
    }

    // Rows that break rules of the stream become rejected bodies. A repeat of the same key then is a first.
    void refuse_by_rules(pgcxx::spi::session &sql, const stream &kind, stream_batch &batch,
                         std::vector<std::size_t> &refused) {
        if (kind.rules.empty())
            return;
        std::vector<event_row> all = std::move(batch.firsts);
        all.insert(all.end(), batch.repeats.begin(), batch.repeats.end());
        std::sort(all.begin(), all.end(),
                  [](const event_row &a, const event_row &b) { return a.number < b.number; });
        std::set<std::size_t> broken;
        for (broken_rules &each : rows_that_break_rules(sql, of_, kind, all)) {
            broken.insert(each.number);
            refused.push_back(each.number);
            decoded_[each.number].is = verdict::rejected;
            decoded_[each.number].problems = std::move(each.problems);
            decoded_[each.number].cells = {};
        }
        batch = {};
        std::set<std::string_view> keys;
        for (const event_row &row : all)
            if (!broken.contains(row.number))
                (keys.insert(decoded_[row.number].event_id).second ? batch.firsts : batch.repeats)
                    .push_back(row);
    }

    void store_events(pgcxx::spi::session &sql, const stream &kind, stream_batch &batch,
                      std::vector<std::size_t> &stored, std::vector<std::size_t> &refused) {
        const auto fresh = insert_events(sql, of_, kind, batch.firsts);
        std::set<std::size_t> holders(fresh.begin(),
                                      fresh.end()); // of this batch's events, those in the table
        std::vector<event_row> taken = std::move(batch.repeats);
        for (const event_row &row : batch.firsts)
            if (!holders.contains(row.number))
                taken.push_back(row);
        // in the order in which they came, for streams where that decides
        std::sort(taken.begin(), taken.end(),
                  [](const event_row &a, const event_row &b) { return a.number < b.number; });
        for (const std::size_t number : fresh)
            set_result(number, "stored");
        for (const event_row &row : taken)
            set_result(row.number, "duplicate");
        const unlike_stored unlike = compare_with_stored(sql, of_, kind, taken);
        if (!unlike.absent.empty())
            check_are_as_sent(sql, kind, batch.firsts, holders);
        for (const std::size_t number : unlike.absent)
            keep_out(number, refused);
        if (!unlike.differing.empty())
            settle_conflicts(sql, kind, of_the_same_keys(taken, unlike.differing), holders, refused);
        stored.insert(stored.end(), holders.begin(), holders.end());
    }

    // A trigger of the owner's lets it not into the table: then it is kept where one looks for what is
    // missing.
    void keep_out(std::size_t number, std::vector<std::size_t> &refused) {
        reject(number, std::string(kept_out));
        refused.push_back(number);
    }

    // What is not in the table may have been written under the key of another event of the batch, which then
    // looks stored and is not. Each of them alone shows which.
    void check_are_as_sent(pgcxx::spi::session &sql, const stream &kind, std::span<const event_row> firsts,
                           const std::set<std::size_t> &holders) {
        std::vector<event_row> written;
        for (const event_row &row : firsts)
            if (holders.contains(row.number))
                written.push_back(row);
        const unlike_stored unlike = compare_with_stored(sql, of_, kind, written);
        if (!unlike.differing.empty() || !unlike.absent.empty())
            throw pgcxx::error(ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION,
                               "events of stream \"" + kind.name + "\" were stored as others");
    }

    void settle_conflicts(pgcxx::spi::session &sql, const stream &kind,
                          const std::vector<event_row> &contested, std::set<std::size_t> &holders,
                          std::vector<std::size_t> &refused) {
        lock_stored(sql, of_, kind, contested);
        for (const event_row &row : contested)
            settle(sql, kind, row, holders, refused);
    }

    // All rows of the keys for which one row would change what is stored: once it has, others may again, and
    // it is the same as if each had come alone.
    std::vector<event_row> of_the_same_keys(const std::vector<event_row> &taken,
                                            const std::vector<std::size_t> &differing) const {
        std::unordered_set<std::string_view> keys;
        for (const std::size_t number : differing)
            keys.insert(decoded_[number].event_id);
        std::vector<event_row> rows;
        for (const event_row &row : taken)
            if (keys.contains(decoded_[row.number].event_id))
                rows.push_back(row);
        return rows;
    }

    // Nothing is wrong with an older state of a record, or with one that says the same. Two that mean
    // different things at one time are a conflict.
    static bool is_conflict(const stream &kind, const settled_conflict &settled) {
        if (settled.means_the_same || kind.on_duplicate == duplicate_policy::replace)
            return false;
        return kind.on_duplicate == duplicate_policy::keep || settled.is_of_one_time;
    }

    static bool may_hide_values(const stream &kind) {
        return std::any_of(kind.columns.begin(), kind.columns.end(),
                           [](const pgcrm::column &each) { return each.null_if_unreadable; });
    }

    // The loser is refused; when that is the stored one, its observation is taken back.
    void settle(pgcxx::spi::session &sql, const stream &kind, const event_row &row,
                std::set<std::size_t> &holders, std::vector<std::size_t> &refused) {
        const auto settled = settle_conflict(sql, of_, kind, row);
        if (!settled)
            return;
        if (settled->is_kept_out)
            return keep_out(row.number, refused);
        const std::string_view event_id = decoded_[row.number].event_id;
        std::size_t loser = row.number;
        if (settled->newcomer_wins) {
            if (!settled->replaced_lead.empty())
                withdraw_observation(sql, of_, settled->replaced_lead, kind.name, event_id);
            if (kind.defines)
                withdraw_stage_definition(sql, of_, kind.name, event_id);
            if (may_hide_values(kind))
                withdraw_unread_values(sql, of_, kind.name, event_id);
            loser = holder_of(event_id, holders);
            holders.erase(loser);
            holders.insert(row.number);
            set_result(row.number, "stored");
        }
        if (!is_conflict(kind, *settled))
            return;
        if (loser != nobody) {
            decoded_[loser].problems = {std::string(conflicting_duplicate)};
            refused.push_back(loser);
        }
        body_history came = history_of(row.number);
        if (settled->newcomer_wins) // the loser is another body, and comes here for the first time
            came = {came.last_received_at, came.last_received_at, 1};
        losing_bodies_.push_back({came, settled->losing_body, kind.name});
    }

    // The body of this batch that is stored under the key; an earlier call may have stored it.
    std::size_t holder_of(std::string_view event_id, const std::set<std::size_t> &holders) const {
        for (const std::size_t number : holders)
            if (decoded_[number].event_id == event_id)
                return number;
        return nobody;
    }

    void store_observations(pgcxx::spi::session &sql, const std::vector<std::size_t> &stored) {
        std::vector<observation> seen;
        for (const std::size_t number : stored)
            if (decoded_[number].says)
                seen.push_back(*decoded_[number].says);
        insert_observations(sql, of_, seen, clashes_);
        mark_pending(sql, of_, seen);
        if (clashes_ == clashing::replaces_the_old && !seen.empty())
            mark_whole_account(sql, of_); // an observation is gone that others were measured with
    }

    void store_definitions(pgcxx::spi::session &sql, const std::vector<std::size_t> &stored) {
        std::vector<stage_definition_row> rows;
        for (const std::size_t number : stored)
            if (const decoded &each = decoded_[number]; each.defines)
                rows.push_back({each.of->name, each.event_id, *each.defines});
        write_stage_definitions(sql, of_, rows);
        if (!rows.empty())
            mark_whole_account(sql, of_);
    }

    void store_unread_values(pgcxx::spi::session &sql, const std::vector<std::size_t> &stored) {
        std::vector<unread_value_row> rows;
        for (const std::size_t number : stored)
            for (const unread_value &each : decoded_[number].unread)
                rows.push_back(
                    {decoded_[number].of->name, decoded_[number].event_id, each.of->name, each.problem});
        write_unread_values(sql, of_, rows);
    }

    void store_unhandled(pgcxx::spi::session &sql, const std::vector<std::size_t> &numbers,
                         std::vector<std::size_t> &refused) {
        std::vector<unhandled_body> bodies;
        for (const std::size_t number : numbers) {
            bodies.push_back({history_of(number), bodies_[number].text, decoded_[number].event_id,
                              decoded_[number].event_name});
            set_result(number, "unhandled");
        }
        for (const std::size_t place : keep_unhandled(sql, of_, bodies))
            keep_out(numbers[place], refused);
    }

    void store_refused(pgcxx::spi::session &sql, const std::vector<std::size_t> &numbers) {
        std::vector<refused_body> bodies;
        for (const std::size_t number : numbers) {
            const decoded &each = decoded_[number];
            set_result(number, "quarantined");
            results_[number].problems = each.problems;
            if (each.is == verdict::rejected) // the loser of a conflict goes in as the server prints it
                bodies.push_back({history_of(number), bodies_[number].text,
                                  each.of ? std::string_view(each.of->name) : std::string_view(),
                                  each.problems});
        }
        for (const losing_body &each : losing_bodies_)
            bodies.push_back({each.came, each.text, each.stream, {std::string(conflicting_duplicate)}});
        quarantine(sql, of_, bodies);
    }

    body_history history_of(std::size_t number) const {
        const incoming_body &body = bodies_[number];
        return {body.first_received_at, body.last_received_at, body.times};
    }

    void set_result(std::size_t number, const char *outcome) {
        const decoded &each = decoded_[number];
        ingest_result &result = results_[number];
        result.outcome = outcome;
        result.problems.reset();
        if (result.outcome == "stored" && !each.unread.empty()) {
            result.problems.emplace();
            for (const unread_value &hidden : each.unread)
                result.problems->push_back(hidden.problem);
        }
        result.stream = each.of ? std::optional(each.of->name) : std::nullopt;
        result.event_id = each.event_id.empty() ? std::nullopt : std::optional(std::string(each.event_id));
    }

    const account &of_;
    const std::span<const incoming_body> bodies_;
    clashing clashes_ = clashing::impossible;   // of observations
    std::pmr::monotonic_buffer_resource arena_; // texts of the decoded bodies
    std::vector<decoded> decoded_;
    std::vector<std::string_view> images_; // of the events' bodies as jsonb
    std::vector<losing_body> losing_bodies_;
    std::vector<ingest_result> results_;
};

} // namespace

void ingest_counts::add(const std::vector<ingest_result> &results) {
    bodies += static_cast<std::int64_t>(results.size());
    for (const ingest_result &each : results) {
        stored += each.outcome == "stored" ? 1 : 0;
        duplicate += each.outcome == "duplicate" ? 1 : 0;
        unhandled += each.outcome == "unhandled" ? 1 : 0;
        quarantined += each.outcome == "quarantined" ? 1 : 0;
    }
}

std::vector<ingest_result> ingest(const account &of, std::span<const std::string_view> bodies) {
    const pgcxx::timestamptz now = pgcxx::statement_started_at();
    std::vector<incoming_body> incoming;
    incoming.reserve(bodies.size());
    for (const std::string_view body : bodies)
        incoming.push_back({body, now, now, 1});
    return ingest(of, incoming);
}

std::vector<ingest_result> ingest(const account &of, std::span<const incoming_body> bodies) {
    const std::shared_ptr<source> by = compiled_source(of.source);
    const owner_scope as_owner(of);
    return ingest_batch(of, *by, bodies).store_all();
}

} // namespace pgcrm::store
