#include "store/observation/observation_table.hpp"

#include "store/observation/claim.hpp"
#include "store/rows/prepared.hpp"

#include <set>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

void mark_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string_view> &leads) {
    statement text;
    // one number for all of them: the offset keeps it from being drawn again for each lead
    text << "insert into " << table_of(of, "pending")
         << " (lead_id, mark) select u.lead_id, m.mark from (select pg_catalog.nextval("
         << pgcxx::literal{table_of(of, "pending_mark").text()}
         << "::regclass) as mark offset 0) m, unnest($1) u(lead_id)";
    execute(sql, text, parameters().add(leads), planning::once);
}

} // namespace

void insert_observations(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen,
                         clashing clashes) {
    if (seen.empty())
        return;
    observation_table::insert(sql, of.name, observation_table::in_key_order(seen), clashes, planning::once);
}

unlike_rows<observation> find_unlike(pgcxx::spi::session &sql, const account &of,
                                     std::span<const observation> seen) {
    if (seen.empty())
        return {};
    return observation_table::find_unlike(sql, of.name, observation_table::in_key_order(seen));
}

void mark_pending(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen) {
    std::set<std::string_view> leads;
    for (const observation &each : seen)
        leads.insert(each.lead_id);
    if (!leads.empty())
        mark_leads(sql, of, std::vector<std::string_view>(leads.begin(), leads.end()));
}

void withdraw_observation(pgcxx::spi::session &sql, const account &of, std::string_view lead_id,
                          std::string_view origin, std::string_view event_id) {
    observation withdrawn;
    withdrawn.lead_id = lead_id;
    withdrawn.origin = origin;
    withdrawn.event_id = event_id;
    observation_table::remove(sql, of.name, std::span(&withdrawn, 1));
    mark_leads(sql, of, {lead_id});
    mark_whole_account(sql, of);
}

} // namespace pgcrm::store
