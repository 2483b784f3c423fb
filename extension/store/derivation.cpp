#include "store/derivation.hpp"

#include "core/marts.hpp"
#include "store/lead_table.hpp"
#include "store/mart_tables.hpp"
#include "store/observation_table.hpp"
#include "store/stage_table.hpp"
#include "store/stay_table.hpp"
#include "store/stuck.hpp"

#include <vector>

namespace pgcrm::store {
namespace {

// Cuts the lead's observations off the front of `rest`, which is in order of leads.
std::span<observation> take_lead(std::span<observation> &rest, std::string_view lead) {
    const auto end =
        std::find_if(rest.begin(), rest.end(), [lead](const observation &o) { return o.lead_id != lead; });
    const auto own = rest.first(static_cast<std::size_t>(end - rest.begin()));
    rest = rest.subspan(own.size());
    return own;
}

} // namespace

std::optional<derived_batch> derivation::derive(std::span<const std::string> some, marts state,
                                                const restating &log) const {
    const std::vector<std::string> leads(some.begin(), some.end());
    pgcxx::spi::session sql;
    observations_of_leads seen(sql, of_, leads);
    note_stages(sql, of_, seen.all());
    const stage_order order = read_stage_order(sql, of_);
    if (!keeps_outcomes(read_built_places(sql, of_), order))
        return std::nullopt;
    write_built_places(sql, of_, order);
    derived_batch batch = write_differences(sql, leads, seen.all(), order, state, log);
    batch.counts.leads = static_cast<std::int64_t>(leads.size());
    batch.counts.observations = static_cast<std::int64_t>(seen.all().size());
    release(sql, of_, leads);
    return batch;
}

derived_batch derivation::write_differences(pgcxx::spi::session &sql, const std::vector<std::string> &leads,
                                            std::span<observation> seen, const stage_order &order,
                                            marts state, const restating &log) const {
    const stays_of_leads stored(sql, of_, leads);
    const states_of_leads stored_states(sql, of_, leads);
    std::vector<lead_history> derived; // kept until everything is written
    derived.reserve(leads.size());
    derived_batch batch;
    stay_changes stays;
    state_changes states;
    mart_sums delta;
    restatements restated(log);
    for (const std::string &lead : leads) {
        pgcxx::check_for_interrupts();
        const std::span<observation> own = take_lead(seen, lead);
        sort_observations(own);
        for (const observation &each : own)
            batch.span.add(each.occurred_at);
        const lead_history &history = derived.emplace_back(build_history(own, order, zone_));
        const lead_state *before = stored_states.of(lead);
        stays.compare(lead, stored.of(lead), history.stays);
        states.compare(lead, before, history.now, !own.empty());
        const std::span<const stay> counted =
            counts(before, counting_.before) ? stored.of(lead) : std::span<const stay>();
        const std::span<const stay> counts_now =
            counts(&history.now, counting_.now) ? history.stays : std::span<const stay>();
        restated.compare(lead, counted, counts_now);
        if (state == marts::hold_stored_stays)
            delta.add(counted, -1);
        delta.add(counts_now, 1);
    }
    delta.remove_zero_cells();
    batch.counts.stays_written = stays.write(sql, of_);
    states.write(sql, of_);
    restated.write(sql, of_);
    batch.counts.cells_changed = add_to_marts(sql, of_, delta);
    return batch;
}

void derivation::add_stored(const std::string &lead) const {
    pgcxx::spi::session sql;
    const std::vector<std::string> leads{lead};
    const stays_of_leads stored(sql, of_, leads);
    const states_of_leads stored_states(sql, of_, leads);
    if (!counts(stored_states.of(lead), counting_.now))
        return;
    mart_sums sums;
    sums.add(stored.of(lead), 1);
    add_to_marts(sql, of_, sums);
}

} // namespace pgcrm::store
