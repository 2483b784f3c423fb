#include "store/refresh/derivation.hpp"

#include "store/history/stage_table.hpp"
#include "store/marts/stored_cells.hpp"
#include "store/refresh/stuck.hpp"

#include <vector>

namespace pgcrm::store {
namespace {

std::vector<observation> observations_of(const lead_batch &batch) {
    std::vector<observation> seen;
    seen.reserve(batch.seen.size());
    for (const stored_observation &row : batch.seen)
        seen.push_back(observation_table::read(row));
    return seen;
}

std::vector<stay> stays_of(const lead_batch &one) {
    std::vector<stay> stays;
    stays.reserve(one.stays.size());
    for (const stored_stay &row : one.stays)
        stays.push_back(stay_table::read(row).row);
    return stays;
}

std::optional<lead_state> state_of(const lead_batch &one) {
    return one.states.empty() ? std::nullopt : std::optional(state_table::read(one.states.front()).row);
}

} // namespace

std::optional<derived_batch> derivation::derive(const lead_batch &batch, marts_state state,
                                                const restating &log) const {
    pgcxx::spi::session sql;
    std::vector<observation> seen = observations_of(batch);
    note_stages(sql, of_, seen);
    const stage_order order = read_stage_order(sql, of_);
    if (!keeps_outcomes(read_built_places(sql, of_), order))
        return std::nullopt;
    write_built_places(sql, of_, order);
    derived_batch derived = write_differences(sql, batch, seen, order, state, log);
    derived.counts.leads = static_cast<std::int64_t>(batch.leads.size());
    derived.counts.observations = static_cast<std::int64_t>(seen.size());
    release(sql, of_, batch.leads);
    return derived;
}

derived_batch derivation::write_differences(pgcxx::spi::session &sql, const lead_batch &batch,
                                            std::span<observation> seen, const stage_order &order,
                                            marts_state state, const restating &log) const {
    std::vector<lead_history> histories; // kept until everything is written
    histories.reserve(batch.leads.size());
    derived_batch derived;
    stay_changes stays;
    state_changes states;
    mart_sums &delta = derived.contributions;
    restatements restated(log);
    for (lead_batch rest = batch; !rest.leads.empty();) {
        pgcxx::check_for_interrupts();
        const lead_batch one = rest.take_front();
        const std::string_view lead = one.leads.front();
        const std::span<observation> own = seen.first(one.seen.size());
        seen = seen.subspan(own.size());
        sort_observations(own);
        for (const observation &each : own)
            derived.span.add(each.occurred_at);
        const lead_history &history = histories.emplace_back(build_history(own, order, zone_));
        const std::vector<stay> stored = stays_of(one);
        const std::optional<lead_state> before = state_of(one);
        stays.compare(lead, stored, history.stays);
        states.compare(lead, before, history.now, !own.empty());
        const lead_facts counted = facts_that_count(stored, before, counting_.before);
        const lead_facts counts_now = facts_that_count(history.stays, history.now, counting_.now);
        restated.compare(lead, counted, counts_now);
        if (state == marts_state::hold_stored_stays)
            delta.add(counted, -1);
        delta.add(counts_now, 1);
    }
    delta.remove_zero_cells();
    derived.counts.stays_written = stays.write(sql, of_);
    states.write(sql, of_);
    restated.write(sql, of_);
    if (state == marts_state::hold_stored_stays)
        derived.counts.cells_changed = add_to_marts(sql, of_, delta);
    return derived;
}

mart_sums derivation::stored_contributions(const lead_batch &one) const {
    mart_sums sums;
    const std::vector<stay> stays = stays_of(one);
    sums.add(facts_that_count(stays, state_of(one), counting_.now), 1);
    return sums;
}

} // namespace pgcrm::store
