// crm_reported_at: the numbers of a mart as they were reported at some time.
#include "core/marts/marts.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

// month, stage_id, part, measure, value
using reported_row = std::tuple<pgcxx::date, std::string, std::string, std::string, std::string>;

// A mart: its table, what it divides by beside month and stage, and its dated measures.
struct mart {
    std::string_view name, part;
    std::vector<std::string_view> measures;
};

mart mart_named(std::string_view name) {
    std::vector<std::string_view> counts;
    for (const funnel_count &each : funnel_counts)
        if (each.is_dated)
            counts.push_back(each.name);
    if (name == "funnel_monthly")
        return {name, "", counts};
    if (name == "funnel_monthly_by_owner")
        return {name, "owner", counts};
    if (name == "funnel_amount_monthly")
        return {name, "currency", {"entries", "first_entries", "entry_amount", "first_entry_amount"}};
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "there is no mart \"" + std::string(name) + "\"")
        .hint("Use funnel_monthly, funnel_monthly_by_owner or funnel_amount_monthly.");
}

// Every measure of every cell of now, one row each.
statement numbers_of_now(const mart &of) {
    statement part, values;
    if (of.part.empty())
        part << "''";
    else
        part << "c." << identifier{of.part};
    for (const std::string_view name : of.measures)
        values << (values.empty() ? pgcxx::sql_literal("") : pgcxx::sql_literal(", ")) << "(" << literal{name}
               << ", c." << identifier{name} << "::numeric)";
    statement text;
    text << "select c.month, c.stage_id, " << part
         << R"( collate "C" as part, v.measure collate "C" as measure, v.value from )" << identifier{of.name}
         << " c cross join lateral (values " << values << ") v(measure, value)";
    return text;
}

// The numbers of now without what later runs have changed. Numbers that were 0 then have no row.
statement reported_query(const mart &of) {
    statement text;
    text
        << "with known as (select max(r.run_id) as run_id from refresh_run r where r.ended_at <= $1),"
           " months as (select max(p.through_month) as through from reported p, known k"
           " where p.reported_at <= $1 and p.run_id <= coalesce(k.run_id, 0)),"
           " parts as (select n.month, n.stage_id, n.part, n.measure, n.value from ("
        << numbers_of_now(of)
        << ") n union all select t.month, t.stage_id, t.part, t.measure, -t.delta from restatement t, known k"
           " where t.mart = "
        << literal{of.name}
        << " and t.run_id > coalesce(k.run_id, 0))"
           " select p.month, p.stage_id, p.part, p.measure, sum(p.value)::text from parts p, months m"
           " where p.month <= m.through and p.measure = any ($2)"
           " group by p.month, p.stage_id, p.part, p.measure having sum(p.value) <> 0 order by 1, 2, 3, 4";
    return text;
}

pgcxx::set_of<reported_row> reported_at(std::string_view account, std::string_view mart_name,
                                        pgcxx::timestamptz at) {
    const mart of_mart = mart_named(mart_name);
    const store::account of = store::use_account(account, store::account_right::read);
    const store::owner_scope as_owner(of, store::names::bare);
    pgcxx::spi::session sql;
    pgcxx::set_of<reported_row> rows;
    for (const auto &row : sql.query<pgcxx::date, std::string, std::string, std::string, std::string>(
             reported_query(of_mart), at, of_mart.measures))
        rows.rows.push_back(row);
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_reported_at, pgcrm::reported_at);
