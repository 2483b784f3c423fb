#include "store/refresh.hpp"

#include "core/funnel.hpp"
#include "settings.hpp"
#include "store/claim.hpp"
#include "store/funnel_table.hpp"
#include "store/observation_table.hpp"
#include "store/prepared.hpp"
#include "store/redecode.hpp"
#include "store/stage_table.hpp"
#include "store/stay_table.hpp"
#include "store/survive.hpp"
#include "store/zone.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::statement;

struct built_with {
    std::string time_zone;
    std::optional<std::string> built_time_zone;
    std::optional<std::int32_t> built_engine_version;

    bool is_current() const { return built_time_zone == time_zone && built_engine_version == engine_version; }
};

// Takes the account's lock until the end of the transaction. None when another refresh holds it.
std::optional<built_with> lock_account(pgcxx::spi::session &sql, const account &of, bool waits) {
    statement text;
    text << "select a.time_zone, a.built_time_zone, a.built_engine_version from " << table_of(of, "account")
         << " a for no key update";
    if (!waits)
        text << " skip locked";
    const auto rows =
        query<std::string, std::optional<std::string>, std::optional<std::int32_t>>(sql, text, parameters());
    if (rows.size() == 0)
        return std::nullopt;
    const auto [zone, built_zone, built_engine] = rows[0];
    return built_with{zone, built_zone, built_engine};
}

// First and last time of the observations; what the account's row says only ever widens.
class time_span {
public:
    void add(instant at) {
        first_ = first_ ? std::min(*first_, at) : at;
        last_ = last_ ? std::max(*last_, at) : at;
    }
    std::optional<pgcxx::timestamptz> first() const { return to_server(first_); }
    std::optional<pgcxx::timestamptz> last() const { return to_server(last_); }

private:
    static std::optional<pgcxx::timestamptz> to_server(const std::optional<instant> &at) {
        return at ? std::optional(pgcxx::timestamptz::from_unix_micros(at->microseconds)) : std::nullopt;
    }
    std::optional<instant> first_, last_;
};

void measure_time_span(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "update " << table_of(of, "account")
         << " a set (first_observed_at, last_observed_at) = (select min(o.occurred_at), max(o.occurred_at) "
            "from "
         << table_of(of, "observation") << " o)";
    sql.execute(text);
}

// Whether the stored contributions are still in the marts, and must be taken out.
enum class marts { hold_stored_stays, are_cleared };

class refresher {
public:
    refresher(pgcxx::spi::session &sql, const account &of, std::string zone_name)
        : sql_(sql), of_(of), zone_name_(std::move(zone_name)), zone_(zone_named(zone_name_)) {}

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
        const std::vector<std::string> leads = claim_pending(sql_, of_, most, "");
        if (!leads.empty() && !derive(leads, marts::hold_stored_stays)) {
            build_all();
            return false;
        }
        const bool has_more = static_cast<std::int64_t>(leads.size()) == most;
        note_progress(has_more ? std::nullopt : std::optional(started_at));
        return has_more;
    }

    // Everything, from the observations.
    void build_all() {
        const pgcxx::timestamptz started_at = pgcxx::clock_now();
        while (!try_to_build_all())
            pgcxx::check_for_interrupts();
        note_built();
        note_progress(started_at);
    }

    const refresh_counts &counts() const { return counts_; }

private:
    // False when an event that was committed meanwhile has changed the stage order: what was built
    // with the older order must be built again.
    bool try_to_build_all() {
        clear_funnel(sql_, of_);
        if (claim_whole_account(sql_, of_))
            measure_time_span(sql_, of_);
        note_all_stages(sql_, of_);
        write_built_places(sql_, of_, read_stage_order(sql_, of_));
        mark_all_pending(sql_, of_);
        // Ascending, so that no lead is added up twice, whatever is ingested meanwhile.
        std::string last;
        for (;;) {
            const std::vector<std::string> leads = claim_pending(sql_, of_, settings::refresh_batch, last);
            if (leads.empty())
                return true;
            if (!derive(leads, marts::are_cleared))
                return false;
            last = leads.back();
        }
    }

    // Stays and contributions of these leads. False when their stages have changed the stage order
    // in a way that older outcomes do not survive; then nothing was written but stages.
    bool derive(const std::vector<std::string> &leads, marts state) {
        observations_of_leads seen(sql_, of_, leads);
        note_stages(sql_, of_, seen.all());
        const stage_order order = read_stage_order(sql_, of_);
        if (!keeps_outcomes(read_built_places(sql_, of_), order))
            return false;
        write_built_places(sql_, of_, order);
        const stays_of_leads stored(sql_, of_, leads);
        write_differences(seen.all(), stored, leads, order, state);
        counts_.leads += static_cast<std::int64_t>(leads.size());
        counts_.observations += static_cast<std::int64_t>(seen.all().size());
        return true;
    }

    void write_differences(std::span<observation> seen, const stays_of_leads &stored,
                           const std::vector<std::string> &leads, const stage_order &order, marts state) {
        std::vector<std::vector<stay>> derived; // kept until everything is written
        derived.reserve(leads.size());
        stay_changes changes;
        funnel_sum delta;
        for (const std::string &lead : leads) {
            pgcxx::check_for_interrupts();
            const std::span<observation> own = take_lead(seen, lead);
            sort_observations(own);
            for (const observation &each : own)
                span_.add(each.occurred_at);
            derived.push_back(build_stays(own, order, zone_));
            changes.compare(lead, stored.of(lead), derived.back());
            if (state == marts::hold_stored_stays)
                delta.add(stored.of(lead), -1);
            delta.add(derived.back(), 1);
        }
        delta.remove_zero_cells();
        counts_.stays_written += changes.write(sql_, of_);
        counts_.cells_changed += add_to_funnel(sql_, of_, delta);
    }

    // Cuts the lead's observations off the front of `rest`, which is in order of leads.
    static std::span<observation> take_lead(std::span<observation> &rest, std::string_view lead) {
        const auto end = std::find_if(rest.begin(), rest.end(),
                                      [lead](const observation &o) { return o.lead_id != lead; });
        const auto own = rest.first(static_cast<std::size_t>(end - rest.begin()));
        rest = rest.subspan(own.size());
        return own;
    }

    void note_built() {
        statement text;
        text << "update " << table_of(of_, "account")
             << " a set built_time_zone = $1, built_engine_version = $2";
        execute(sql_, text, parameters().add(zone_name_).add(engine_version));
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
        execute(sql_, text, parameters().add(complete_at).add(span_.first()).add(span_.last()));
    }

    pgcxx::spi::session &sql_;
    const account &of_;
    const std::string zone_name_;
    const time_zone &zone_;
    time_span span_;
    refresh_counts counts_;
};

void refresh_locked(pgcxx::spi::session &sql, const account &of, const built_with &with, refresh_step &step) {
    refresher work(sql, of, with.time_zone);
    work.gather_again();
    work.take_over_definitions();
    if (with.is_current() && work.stage_order_holds())
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

refresh_counts &refresh_counts::operator+=(const refresh_counts &other) {
    leads += other.leads;
    observations += other.observations;
    stays_written += other.stays_written;
    cells_changed += other.cells_changed;
    return *this;
}

void check_isolation() {
    store::check_isolation("a refresh or rebuild",
                           "Under an older snapshot it would take marks of events that it cannot see.");
}

refresh_step refresh_batch(const account &of) {
    const owner_scope as_owner(of);
    refresh_step step;
    const auto failure = failure_of([&] { step = try_to_refresh(of); });
    if (!failure)
        return step;
    // Its own row may be what is broken.
    if (const auto unnoted = failure_of([&] { note_failure(of, *failure); }))
        pgcxx::warning("the failure of account \"" + of.name + "\" could not be noted: " + *unnoted);
    return {refresh_outcome::failed, false, {}, *failure};
}

refresh_step refresh_batch(std::string_view name) {
    std::optional<account> of;
    if (const auto failure = failure_of([&] { of = use_account(name, account_right::own); }))
        return {refresh_outcome::failed, false, {}, *failure};
    return refresh_batch(*of);
}

refresh_counts rebuild(const account &of, event_columns columns) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    const auto with = lock_account(sql, of, true);
    if (!with)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + of.name + "\" has no row of its own in its schema");
    derive_observations_again(sql, of, columns);
    measure_time_span(sql, of);
    refresher work(sql, of, with->time_zone);
    work.build_all();
    return work.counts();
}

} // namespace pgcrm::store
