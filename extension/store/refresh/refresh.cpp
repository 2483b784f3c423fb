#include "store/refresh/refresh.hpp"

#include "settings.hpp"
#include "store/account/zone.hpp"
#include "store/history/stage_table.hpp"
#include "store/marts/mart_tables.hpp"
#include "store/marts/stored_cells.hpp"
#include "store/observation/claim.hpp"
#include "store/refresh/derivation.hpp"
#include "store/refresh/rebuild_progress.hpp"
#include "store/refresh/redecode.hpp"
#include "store/refresh/refresh_run.hpp"
#include "store/refresh/stuck.hpp"
#include "store/refresh/survive.hpp"
#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::statement;

struct built_with {
    std::string time_zone;
    std::optional<std::string> built_time_zone;
    std::optional<std::int32_t> built_engine_version;
    bool counts_deleted_leads;
    std::optional<bool> built_count_deleted_leads;

    counting_of_deleted counting() const {
        return {built_count_deleted_leads.value_or(counts_deleted_leads), counts_deleted_leads};
    }

    bool is_current() const {
        return built_time_zone == time_zone && built_engine_version == engine_version &&
               built_count_deleted_leads == counts_deleted_leads;
    }
};

// Takes the account's lock until the end of the transaction. None when another refresh holds it.
std::optional<built_with> lock_account(pgcxx::spi::session &sql, const account &of, bool waits) {
    statement text;
    text << "select a.time_zone, a.built_time_zone, a.built_engine_version, a.count_deleted_leads,"
            " a.built_count_deleted_leads from "
         << table_of(of, "account") << " a for no key update";
    if (!waits)
        text << " skip locked";
    const auto rows = query<std::string, std::optional<std::string>, std::optional<std::int32_t>, bool,
                            std::optional<bool>>(sql, text, parameters());
    if (rows.size() == 0)
        return std::nullopt;
    const auto [zone, built_zone, built_engine, counts_deleted, built_counts_deleted] = rows[0];
    return built_with{zone, built_zone, built_engine, counts_deleted, built_counts_deleted};
}

void measure_time_span(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "update " << table_of(of, "account")
         << " a set (first_observed_at, last_observed_at) = (select min(o.occurred_at), max(o.occurred_at) "
            "from "
         << table_of(of, "observation") << " o)";
    sql.execute(text);
}

// The account's definitions as this run uses them.
struct definitions {
    std::string zone_name;
    counting_of_deleted counting;
};

// What a run has done so far, for its row and its result.
class run_totals {
public:
    void add(const derived_batch &batch) {
        counts_ += batch.counts;
        span_.add(batch.span);
    }
    void add_cells(std::int64_t changed) { counts_.cells_changed += changed; }
    const refresh_counts &counts() const { return counts_; }
    const time_span &span() const { return span_; }

private:
    refresh_counts counts_;
    time_span span_;
};

// Of a batch of everything. Measured: a third of it costs a quarter more, ten times as much likewise, because
// rows leave the processor's cache.
std::uint32_t rows_at_once() {
    constexpr std::uint32_t most = 6000;
    return std::min(most, 2 * static_cast<std::uint32_t>(settings::refresh_batch));
}

// Cells that are added up in memory before they are written: some 40 MB.
constexpr std::size_t most_cells = 100000;

// Sorts have the memory that the making of an index has.
class sorting_scope {
public:
    explicit sorting_scope(pgcxx::spi::session &sql) {
        const auto memory =
            sql.query<std::string>("select max(m.setting::bigint)::text || 'kB' from pg_catalog.pg_settings m"
                                   " where m.name in ('work_mem', 'maintenance_work_mem')");
        settings_.set("work_mem", std::get<0>(memory.front()).c_str());
    }

private:
    pgcxx::settings_scope settings_;
};

class refresher {
public:
    refresher(pgcxx::spi::session &sql, const account &of, definitions by)
        : sql_(sql), of_(of), by_(std::move(by)), derive_(of, zone_named(by_.zone_name), by_.counting) {}

    // What was gathered from all observations and definitions together, when it may have changed.
    void gather_again() {
        if (!claim_whole_account(sql_, of_))
            return;
        note_all_stages(sql_, of_);
        measure_time_span(sql_, of_);
    }

    // What events and people say of stages, whether or not a lead is pending.
    void take_over_definitions() { describe_stages(sql_, of_); }

    // Whether the stays were built with the stage order that holds now; a person may have changed it.
    bool stage_order_holds() {
        const stage_order order = read_stage_order(sql_, of_);
        if (!keeps_outcomes(read_built_places(sql_, of_), order))
            return false;
        write_built_places(sql_, of_, order);
        return true;
    }

    // One batch of pending leads. True when more are left.
    bool refresh_pending() {
        const pgcxx::timestamptz started_at = pgcxx::clock_now();
        const std::int64_t most = settings::refresh_batch;
        const std::vector<std::string> leads = claim_pending(sql_, of_, most);
        log_ = read_restating(sql_, of_, restatement_cause::event);
        if (!leads.empty() &&
            !derive_or_park(certain_leads(sql_, of_, leads).batch(), marts_state::hold_stored_stays)) {
            build_all();
            return false;
        }
        const bool has_more = static_cast<std::int64_t>(leads.size()) == most;
        note_end({run_kind::refresh, started_at, totals_.counts(), !has_more});
        note_progress(has_more ? std::nullopt : std::optional(started_at));
        return has_more;
    }

    // Everything, from the observations.
    void build_all() {
        rebuild_progress progress(sql_, of_);
        build_all(progress);
    }

    void build_all(rebuild_progress &progress) {
        const pgcxx::timestamptz started_at = pgcxx::clock_now();
        log_ = read_restating(sql_, of_, restatement_cause::definition);
        while (!try_to_build_all(progress))
            progress.begin_again();
        note_built();
        note_end({run_kind::rebuild, started_at, totals_.counts(), true});
        note_progress(started_at);
    }

    const refresh_counts &counts() const { return totals_.counts(); }

private:
    // False when the stage order has changed meanwhile: what was built with the older order must be built
    // again.
    bool try_to_build_all(rebuild_progress &progress) {
        clear_marts(sql_, of_);
        // Marks first, by statements of their own: what they stand for is seen by all that read later.
        claim_all_leads(sql_, of_);
        if (claim_whole_account(sql_, of_))
            measure_time_span(sql_, of_);
        note_all_stages(sql_, of_);
        write_built_places(sql_, of_, read_stage_order(sql_, of_));
        const sorting_scope sorts(sql_);
        all_leads leads(sql_, of_, rows_at_once());
        sum_ = {};
        while (const auto batch = leads.next()) {
            if (!derive_or_park(*batch, marts_state::are_cleared))
                return false;
            progress.add_observations(batch->seen.size());
            if (sum_.sums().size() >= most_cells)
                write_sum();
        }
        write_sum();
        return true;
    }

    void write_sum() {
        totals_.add_cells(add_to_marts(sql_, of_, sum_.sums()));
        sum_ = {};
    }

    // Halves the batch until the lead that fails is alone; that one is parked, and keeps the stays and the
    // place in the marts that it had. False as derive() says.
    bool derive_or_park(const lead_batch &batch, marts_state state) {
        std::optional<derived_batch> derived;
        const auto failure = failure_of_data([&] { derived = derive_.derive(batch, state, log_); });
        if (!failure) {
            if (derived)
                take(*derived, state);
            return derived.has_value();
        }
        if (batch.leads.size() == 1) {
            park(sql_, of_, batch.leads.front(), *failure);
            if (state == marts_state::are_cleared)
                sum_.add(derive_.stored_contributions(batch));
            return true;
        }
        const auto halves = batch.halves();
        return derive_or_park(halves.first, state) && derive_or_park(halves.second, state);
    }

    void take(const derived_batch &derived, marts_state state) {
        totals_.add(derived);
        if (state == marts_state::are_cleared)
            sum_.add(derived.contributions);
    }

    void note_end(const run_step &step) {
        const run found = note_run(sql_, of_, step);
        if (step.is_last)
            note_reported(sql_, of_, found.id, found.started_at,
                          zone_named(by_.zone_name).month_of(from_server(found.started_at)));
    }

    void note_built() {
        statement text;
        text << "update " << table_of(of_, "account")
             << " a set built_time_zone = $1, built_engine_version = $2, built_count_deleted_leads = $3";
        execute(sql_, text, parameters().add(by_.zone_name).add(engine_version).add(by_.counting.now));
        // Readers join these small tables before autovacuum comes by, and guesses about them are wild.
        statement look;
        look << "analyze " << table_of(of_, "stage") << ", " << table_of(of_, "funnel_monthly");
        sql_.execute(look);
    }

    // `complete_at`: nothing that was committed before it is missing in the marts.
    void note_progress(const std::optional<pgcxx::timestamptz> &complete_at) {
        statement text;
        text << "update " << table_of(of_, "account")
             << " a set refreshed_at = coalesce($1, a.refreshed_at), refresh_error = null,"
                " first_observed_at = least(a.first_observed_at, $2),"
                " last_observed_at = greatest(a.last_observed_at, $3)";
        execute(sql_, text,
                parameters()
                    .add(complete_at)
                    .add(to_server(totals_.span().first()))
                    .add(to_server(totals_.span().last())));
    }

    pgcxx::spi::session &sql_;
    const account &of_;
    const definitions by_;
    const derivation derive_;
    run_totals totals_;
    mart_totals sum_; // what cleared marts are to have besides what was written to them
    restating log_;
};

void refresh_locked(pgcxx::spi::session &sql, const account &of, const built_with &with, refresh_step &step) {
    refresher work(sql, of, {with.time_zone, with.counting()});
    const bool has_new_marts = make_missing_marts(sql, of);
    work.gather_again();
    work.take_over_definitions();
    if (!has_new_marts && with.is_current() && work.stage_order_holds())
        step.has_more = work.refresh_pending();
    else
        work.build_all();
    step.counts = work.counts();
}

refresh_step try_to_refresh(const account &of) {
    pgcxx::spi::session sql;
    refresh_step step;
    if (const auto with = lock_account(sql, of, false))
        refresh_locked(sql, of, *with, step);
    else
        step.outcome = refresh_outcome::busy;
    return step;
}

void note_failure(const account &of, const std::string &message) {
    pgcxx::spi::session sql;
    statement text;
    text << "update " << table_of(of, "account") << " a set refresh_error = $1";
    execute(sql, text, parameters().add(message));
}

} // namespace

void check_isolation() {
    store::check_isolation("a refresh or rebuild",
                           "Under an older snapshot it would take marks of events that it cannot see.");
}

refresh_step refresh_batch(const account &of) {
    const owner_scope as_owner(of);
    refresh_step step;
    const auto failed = failure_of([&] { step = try_to_refresh(of); });
    if (!failed)
        return step;
    // Its own row may be what is broken.
    if (const auto unnoted = failure_of([&] { note_failure(of, failed->message); }))
        pgcxx::warning("the failure of account \"" + of.name + "\" could not be noted: " + unnoted->message);
    return {refresh_outcome::failed, false, {}, failed->message};
}

// One of many: whoever holds its tables keeps it from being refreshed, and no other account.
refresh_step refresh_batch(std::string_view name) {
    pgcxx::settings_scope patience;
    patience.wait_for_locks_at_most(settings::refresh_lock_timeout);
    std::optional<account> of;
    if (const auto failed = failure_of([&] { of = use_account(name, account_right::own); }))
        return {refresh_outcome::failed, false, {}, failed->message};
    return refresh_batch(*of);
}

refresh_counts rebuild(const account &of, event_columns columns) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    const auto with = lock_account(sql, of, true);
    if (!with)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + of.name + "\" has no row of its own in its schema");
    make_missing_marts(sql, of);
    rebuild_progress progress(sql, of);
    derive_observations_again(sql, of, columns, progress);
    measure_time_span(sql, of);
    refresher work(sql, of, {with->time_zone, with->counting()});
    work.build_all(progress);
    return work.counts();
}

} // namespace pgcrm::store
