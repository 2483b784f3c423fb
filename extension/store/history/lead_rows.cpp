#include "store/history/lead_rows.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

// Cuts the rows of leads before `border` off the front.
template <class Row> std::span<const Row> take_before(std::span<const Row> &rows, std::string_view border) {
    const auto end = std::partition_point(rows.begin(), rows.end(),
                                          [border](const Row &row) { return std::get<0>(row) < border; });
    const auto front = rows.first(static_cast<std::size_t>(end - rows.begin()));
    rows = rows.subspan(front.size());
    return front;
}

// The same for the rows of one lead, which are few.
template <class Row> std::span<const Row> take_lead(std::span<const Row> &rows, std::string_view lead) {
    const auto end =
        std::find_if(rows.begin(), rows.end(), [lead](const Row &row) { return std::get<0>(row) != lead; });
    const auto front = rows.first(static_cast<std::size_t>(end - rows.begin()));
    rows = rows.subspan(front.size());
    return front;
}

statement in_order(statement select) { return select << " order by 1"; }
statement stays_in_order(statement select) { return select << " order by 1, 2"; }

} // namespace

std::pair<lead_batch, lead_batch> lead_batch::halves() const {
    const std::size_t half = leads.size() / 2;
    lead_batch rest = *this;
    lead_batch front;
    front.leads = leads.first(half);
    rest.leads = leads.subspan(half);
    const std::string_view border = rest.leads.front();
    front.seen = take_before(rest.seen, border);
    front.stays = take_before(rest.stays, border);
    front.states = take_before(rest.states, border);
    return {front, rest};
}

lead_batch lead_batch::take_front() {
    lead_batch front;
    front.leads = leads.first(1);
    leads = leads.subspan(1);
    const std::string_view lead = front.leads.front();
    front.seen = take_lead(seen, lead);
    front.stays = take_lead(stays, lead);
    front.states = take_lead(states, lead);
    return front;
}

certain_leads::certain_leads(pgcxx::spi::session &sql, const account &of,
                             const std::vector<std::string> &leads)
    : leads_(leads),
      seen_(sql, in_order(observation_table::selection(of.name) << " where t.lead_id = any ($1)"), leads),
      stays_(sql, stays_in_order(stay_table::selection(of.name) << " where t.lead_id = any ($1)"), leads),
      states_(sql, in_order(state_table::selection(of.name) << " where t.lead_id = any ($1)"), leads) {}

all_leads::all_leads(pgcxx::spi::session &sql, const account &of, std::uint32_t rows_at_once)
    : rows_at_once_(rows_at_once),
      observations_(sql, in_order(observation_table::selection(of.name)), rows_at_once),
      stored_stays_(sql, stays_in_order(stay_table::selection(of.name)), rows_at_once),
      stored_states_(sql, in_order(state_table::selection(of.name)), rows_at_once) {}

std::optional<lead_batch> all_leads::next() {
    observations_.forget_taken();
    stored_stays_.forget_taken();
    stored_states_.forget_taken();
    leads_.clear();
    seen_.clear();
    stays_.clear();
    states_.clear();
    while (seen_.size() + stays_.size() + states_.size() < rows_at_once_) {
        const auto lead = next_lead();
        if (!lead)
            break;
        leads_.emplace_back(*lead);
        observations_.take(leads_.back(), seen_);
        stored_stays_.take(leads_.back(), stays_);
        stored_states_.take(leads_.back(), states_);
    }
    return leads_.empty() ? std::nullopt : std::optional(lead_batch{leads_, seen_, stays_, states_});
}

std::optional<std::string_view> all_leads::next_lead() {
    std::optional<std::string_view> first = observations_.next_lead();
    for (const auto other : {stored_stays_.next_lead(), stored_states_.next_lead()})
        if (other && (!first || *other < *first))
            first = other;
    return first;
}

} // namespace pgcrm::store
