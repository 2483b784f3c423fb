#include "store/observation/claim.hpp"

#include <algorithm>

namespace pgcrm::store {

using pgcxx::statement;

std::vector<std::string> claim_pending(pgcxx::spi::session &sql, const account &of, std::int64_t most) {
    const pgcxx::identifier pending = table_of(of, "pending");
    statement text;
    // A range and not a list of leads: without statistics the server looks each mark up in the whole list.
    text << "with taken as (delete from " << pending
         << " p where p.lead_id > $2 and p.lead_id <= (select max(l.lead_id) from (select distinct q.lead_id "
            "from "
         << pending
         << " q where q.lead_id > $2 order by q.lead_id limit $1) l) returning p.lead_id)"
            " select distinct t.lead_id from taken t";
    std::vector<std::string> leads;
    for (const auto &[lead] : sql.query<std::string>(text, most, whole_account_mark))
        leads.push_back(lead);
    std::sort(leads.begin(), leads.end());
    return leads;
}

void mark_whole_account(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "insert into " << table_of(of, "pending") << " (lead_id, mark) values ($1, pg_catalog.nextval("
         << pgcxx::literal{table_of(of, "pending_mark").text()} << "::regclass))";
    sql.execute(text, whole_account_mark);
}

bool claim_whole_account(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "delete from " << table_of(of, "pending") << " p where p.lead_id = $1";
    return sql.execute(text, whole_account_mark) > 0;
}

void claim_all_leads(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "delete from " << table_of(of, "pending") << " p where p.lead_id <> $1";
    sql.execute(text, whole_account_mark);
}

} // namespace pgcrm::store
