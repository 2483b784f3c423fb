#include "store/refresh/stuck.hpp"

#include "store/rows/prepared.hpp"

#include <vector>

namespace pgcrm::store {

using pgcxx::statement;

void park(pgcxx::spi::session &sql, const account &of, const std::string &lead, const data_failure &failure) {
    statement text;
    text << "insert into " << table_of(of, "stuck_lead")
         << " as s (lead_id, since, tries, sqlstate, message) values ($1, $2, 1, $3, $4)"
            " on conflict (lead_id) do update set tries = s.tries + 1, sqlstate = excluded.sqlstate,"
            " message = excluded.message";
    sql.execute(text, lead, pgcxx::clock_now(), pgcxx::sqlstate_text(failure.sqlstate), failure.message);
    pgcxx::warning("lead \"" + lead + "\" of account \"" + of.name + "\" is stuck: " + failure.message,
                   "It keeps its earlier history; crm_repair tries it again.");
}

void release(pgcxx::spi::session &sql, const account &of, std::span<const std::string> leads) {
    statement any;
    any << "select exists (select from " << table_of(of, "stuck_lead") << ")";
    if (!std::get<0>(query<bool>(sql, any, parameters()).front()))
        return;
    statement text;
    text << "delete from " << table_of(of, "stuck_lead") << " s where s.lead_id = any ($1)";
    sql.execute(text, std::vector<std::string>(leads.begin(), leads.end()));
}

std::int64_t mark_stuck_pending(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "insert into " << table_of(of, "pending")
         << " (lead_id, mark) select s.lead_id, pg_catalog.nextval("
         << pgcxx::literal{table_of(of, "pending_mark").text()} << "::regclass) from "
         << table_of(of, "stuck_lead") << " s";
    return static_cast<std::int64_t>(sql.execute(text));
}

} // namespace pgcrm::store
