#include "store/face/bi_views.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/account/grants.hpp"
#include "store/face/bi_parts.hpp"
#include "store/face/bi_query.hpp"
#include "store/refresh/survive.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

void make_bi_schema(pgcxx::spi::session &sql) {
    sql.execute("create schema crm_bi");
    sql.execute("comment on schema crm_bi is 'All accounts of pgcrm side by side, for BI tools'");
}

// The date dimension: all months that an event may lie in. A table, so that the planner knows how few of them
// an account spans.
void make_calendar(pgcxx::spi::session &sql) {
    sql.execute("create table crm_bi.calendar_month (month date not null, year integer not null,"
                " quarter integer not null, month_of_year integer not null, label text not null,"
                " constraint calendar_month_is_unique primary key (month))");
    sql.execute(
        "comment on table crm_bi.calendar_month is 'The months from 1970 to 2199, for joins and axes'");
    sql.execute(
        "insert into crm_bi.calendar_month (month, year, quarter, month_of_year, label)"
        " select m::date, extract(year from m)::integer, extract(quarter from m)::integer,"
        " extract(month from m)::integer, to_char(m, 'YYYY-MM')"
        " from generate_series(timestamp '1969-12-01', timestamp '2200-01-01', interval '1 month') m");
    sql.execute("analyze crm_bi.calendar_month");
}

// Somebody else's schema or view of that name would be his door to whoever reads it.
void check_is_ours(pgcxx::spi::session &sql) {
    const auto foreign = sql.query<std::string>(
        "select 'schema ' || n.nspname from pg_catalog.pg_namespace n"
        " where n.nspname = 'crm_bi' and pg_catalog.pg_get_userbyid(n.nspowner) <> current_user"
        " union all select 'relation crm_bi.' || c.relname from pg_catalog.pg_class c"
        " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'crm_bi' and (c.relname in ('calendar_month', 'funnel_monthly', "
        "'sales_funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly', 'lead_current')"
        " or c.relname ~ '^part_[0-9]+_of_')"
        " and (pg_catalog.pg_get_userbyid(c.relowner) <> current_user"
        " or c.relkind <> case c.relname when 'calendar_month' then 'r' else 'v' end)");
    if (foreign.empty())
        return;
    const auto [what] = foreign.front();
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, what + " is not the extension's")
        .detail("The views of crm_bi read all accounts, so the extension's owner must own them.")
        .hint("Drop it, or give it to the owner of schema pgcrm.");
}

void warn_of_missing(const std::vector<std::string> &all, const std::vector<std::string> &shown) {
    for (const std::string &name : all)
        if (!std::binary_search(shown.begin(), shown.end(), name))
            pgcxx::warning("account \"" + name + "\" is not in the views of crm_bi",
                           "Its tables are missing or are not as this version made them.");
}

bool has_relation(std::string_view schema, std::string_view relation) {
    const std::string schema_name(schema);
    const std::string relation_name(relation);
    return OidIsValid(pgcxx::island([&]() {
        const Oid oid = get_namespace_oid(schema_name.c_str(), true);
        return OidIsValid(oid) ? get_relname_relid(relation_name.c_str(), oid) : InvalidOid;
    }));
}

std::vector<std::string> relation_names() {
    std::vector<std::string> names{"calendar_month"};
    for (const bi_view &view : bi_views())
        names.push_back(view.name);
    return names;
}

bool is_complete() {
    const std::vector<std::string> names = relation_names();
    return std::all_of(names.begin(), names.end(),
                       [](const std::string &name) { return has_relation("crm_bi", name); });
}

void grant_bi_views(pgcxx::spi::session &sql, const std::string &role) {
    statement schema;
    schema << "grant usage on schema crm_bi to " << identifier{role};
    sql.execute(schema);
    for (const std::string &name : relation_names()) {
        if (!has_relation("crm_bi", name))
            continue;
        statement relation;
        relation << "grant select on " << identifier{"crm_bi", name} << " to " << identifier{role};
        sql.execute(relation);
    }
}

} // namespace

void make_bi_views() {
    const std::vector<std::string> accounts = registered_accounts();
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    const bool was_complete = is_complete();
    pgcxx::spi::session sql;
    if (!schema_exists("crm_bi"))
        make_bi_schema(sql);
    check_is_ours(sql);
    if (!has_relation("crm_bi", "calendar_month"))
        make_calendar(sql);
    const std::vector<std::string> shown = make_views_over(sql, accounts);
    if (!was_complete)
        grant_bi_views(readers_of(sql, accounts));
    warn_of_missing(accounts, shown);
}

void restore_bi_views() {
    if (is_complete())
        return;
    const auto failure = failure_of([] {
        lock_registry(lock_wait::none);
        make_bi_views();
    });
    if (failure)
        pgcxx::warning("the views of crm_bi are missing and could not be made again: " + *failure);
}

void grant_bi_views(const std::vector<std::string> &roles) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    if (schema_exists("crm_bi"))
        for (const std::string &role : roles)
            grant_bi_views(sql, role);
}

void grant_bi_views_to_readers(const account &of) {
    pgcxx::spi::session sql;
    grant_bi_views(readers_of(sql, {of.name}));
}

} // namespace pgcrm::store
