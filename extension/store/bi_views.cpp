#include "store/bi_views.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"
#include "store/grants.hpp"
#include "store/survive.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

struct bi_view {
    std::string name;
    statement columns; // column list of a view without accounts
    std::function<statement(const std::string &account)> branch;
    std::string comment;
};

// Each table is read through a subselect that groups by its primary key and shows other columns: that makes
// the view depend on the key, so the table keeps its index. Without an index its owner could turn it into a
// view under ours (before PostgreSQL 16), which would run his code as whoever reads.

// The limit tells the planner that there is one row, without statistics: else it expects millions
// of months, and spends a second on compiling the query.
statement own_row(const std::string &account) {
    statement text;
    text << "(select o.refreshed_at, o.built_time_zone, o.first_observed_at, o.last_observed_at from "
         << identifier{account, "account"} << " o group by o.account limit 1)";
    return text;
}

statement stages(const std::string &account) {
    statement text;
    text << "(select s.stage_id, s.name, s.pipeline, s.funnel_step, s.kpi_name, s.built_rank from "
         << identifier{account, "stage"} << " s group by s.stage_id)";
    return text;
}

statement funnel_cells(const std::string &account) {
    statement text;
    text << "(select f.month, f.stage_id, f.entries, f.first_entries, f.reopened_in_place, f.leads, "
            "f.advanced,"
            " f.moved_back, f.handed_off, f.won, f.lost, f.cancelled, f.deleted, f.still_open, "
            "f.settled_stays,"
            " f.settled_seconds from "
         << identifier{account, "funnel_monthly"} << " f group by f.month, f.stage_id)";
    return text;
}

// All columns of pending are its key: the row as a whole is what depends on it.
statement pending_leads(const std::string &account) {
    statement text;
    text << "(select count(distinct p.lead_id) from (select m.lead_id from " << identifier{account, "pending"}
         << " m where m.lead_id <> '' group by m.lead_id, m.mark having m is not null) p)";
    return text;
}

// What stands beside every number: as of when, and how many leads are not in it yet.
statement freshness(const std::string &account) {
    statement text;
    text << "a.refreshed_at as as_of, " << pending_leads(account) << " as pending_leads";
    return text;
}

statement owner_cells(const std::string &account) {
    statement text;
    text << "(select f.month, f.stage_id, f.owner, f.entries, f.first_entries, f.reopened_in_place, f.leads, "
            "f.advanced, f.moved_back, f.handed_off, f.won, f.lost, f.cancelled, f.deleted, f.still_open, "
            "f.settled_stays, f.settled_seconds from "
         << identifier{account, "funnel_monthly_by_owner"} << " f group by f.month, f.stage_id, f.owner)";
    return text;
}

statement amount_cells(const std::string &account) {
    statement text;
    text << "(select f.month, f.stage_id, f.currency, f.entries, f.first_entries, f.entry_amount, "
            "f.first_entry_amount from "
         << identifier{account, "funnel_amount_monthly"} << " f group by f.month, f.stage_id, f.currency)";
    return text;
}

statement leads(const std::string &account) {
    statement text;
    text << "(select l.lead_id, l.stage_id, l.entered_at, l.status, l.amount, l.currency, l.owner, "
            "l.created_at, "
            "l.closed_at, l.deleted_at from "
         << identifier{account, "lead_current"} << " l group by l.lead_id)";
    return text;
}

statement reader_may_see(const std::string &account) {
    statement text;
    text << "pg_catalog.has_schema_privilege(" << literal{account} << ", 'usage')";
    return text;
}

statement funnel_monthly_branch(const std::string &account) {
    statement text;
    text << "select " << literal{account}
         << "::text as account, f.month, s.pipeline, s.stage_id collate \"default\" as stage_id,"
         << " s.name as stage, s.built_rank as stage_rank,"
            " f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, "
            "f.handed_off,"
            " f.won, f.lost, f.cancelled, f.deleted, f.still_open, f.settled_stays,"
            " f.settled_seconds::numeric(20,2) as settled_seconds, "
         << freshness(account) << " from " << funnel_cells(account) << " f join " << stages(account)
         << " s on s.stage_id = f.stage_id cross join " << own_row(account) << " a where "
         << reader_may_see(account);
    return text;
}

// Texts of account tables compare in "C", those of the views as the database does.
statement stage_columns(const std::string &account) {
    statement text;
    text << "select " << literal{account}
         << "::text as account, f.month, s.pipeline, s.stage_id collate \"default\" as stage_id,"
            " s.name as stage, s.built_rank as stage_rank, ";
    return text;
}

statement funnel_by_owner_branch(const std::string &account) {
    statement text;
    text << stage_columns(account)
         << "f.owner collate \"default\" as owner, f.entries, f.first_entries, f.reopened_in_place, f.leads, "
            "f.advanced, f.moved_back, f.handed_off, f.won, f.lost, f.cancelled, f.deleted, f.still_open, "
            "f.settled_stays, f.settled_seconds::numeric(20,2) as settled_seconds, "
         << freshness(account) << " from " << owner_cells(account) << " f join " << stages(account)
         << " s on s.stage_id = f.stage_id cross join " << own_row(account) << " a where "
         << reader_may_see(account);
    return text;
}

// Wide enough for any sum of amounts below 10^15: one account's cell must not make the view fail.
statement funnel_amount_branch(const std::string &account) {
    statement text;
    text << stage_columns(account)
         << "f.currency collate \"default\" as currency, f.entries, f.first_entries,"
            " f.entry_amount::numeric(30,2) as entry_amount,"
            " f.first_entry_amount::numeric(30,2) as first_entry_amount, "
         << freshness(account) << " from " << amount_cells(account) << " f join " << stages(account)
         << " s on s.stage_id = f.stage_id cross join " << own_row(account) << " a where "
         << reader_may_see(account);
    return text;
}

statement lead_branch(const std::string &account) {
    statement text;
    text << "select " << literal{account}
         << "::text as account, l.lead_id collate \"default\" as lead_id, s.pipeline,"
            " l.stage_id collate \"default\" as stage_id, s.name as stage, s.built_rank as stage_rank,"
            " l.entered_at, l.status, l.amount::numeric(17,2) as amount, l.currency, l.owner, l.created_at,"
            " l.closed_at, l.deleted_at, "
         << freshness(account) << " from " << leads(account) << " l left join " << stages(account)
         << " s on s.stage_id = l.stage_id cross join " << own_row(account) << " a where "
         << reader_may_see(account);
    return text;
}

// Every month from the account's first to its last observation, and every step, zeros included.
statement sales_funnel_monthly_branch(const std::string &account) {
    statement text;
    text << "select " << literal{account}
         << "::text as account, m.month, k.kpi_name, k.funnel_step,"
            " coalesce(sum(f.first_entries), 0)::bigint as deals_count, "
         << freshness(account) << " from " << own_row(account)
         << " a join crm_bi.calendar_month m on m.month between"
            " date_trunc('month', a.first_observed_at at time zone a.built_time_zone)::date"
            " and date_trunc('month', a.last_observed_at at time zone a.built_time_zone)::date"
            " cross join (select s.stage_id, coalesce(s.funnel_step, s.built_rank)::numeric(12,2) as "
            "funnel_step,"
            " coalesce(s.kpi_name, case when count(*) over () = count(*) over (partition by s.pipeline)"
            " then s.name else s.pipeline || ': ' || s.name end) as kpi_name from "
         << stages(account) << " s where s.built_rank is not null) k left join " << funnel_cells(account)
         << " f on f.month = m.month and f.stage_id = k.stage_id where " << reader_may_see(account)
         << " group by m.month, k.kpi_name, k.funnel_step, a.refreshed_at";
    return text;
}

// The columns of each view, as it has them while there is no account.
bi_view funnel_view() {
    statement columns;
    columns
        << "null::text as account, null::date as month, null::text as pipeline, null::text as stage_id,"
           " null::text as stage, null::integer as stage_rank, null::bigint as entries,"
           " null::bigint as first_entries, null::bigint as reopened_in_place, null::bigint as leads,"
           " null::bigint as advanced, null::bigint as moved_back, null::bigint as handed_off,"
           " null::bigint as won, null::bigint as lost, null::bigint as cancelled, null::bigint as deleted,"
           " null::bigint as still_open, null::bigint as settled_stays,"
           " null::numeric(20,2) as settled_seconds, null::timestamptz as as_of,"
           " null::bigint as pending_leads";
    return {"funnel_monthly", columns, funnel_monthly_branch,
            "The funnel of each account by month of entry and stage; as_of is the last complete refresh, "
            "pending_leads wait for the next one"};
}

bi_view funnel_by_owner_view() {
    statement columns;
    columns
        << "null::text as account, null::date as month, null::text as pipeline, null::text as stage_id,"
           " null::text as stage, null::integer as stage_rank, null::text as owner, null::bigint as entries,"
           " null::bigint as first_entries, null::bigint as reopened_in_place, null::bigint as leads,"
           " null::bigint as advanced, null::bigint as moved_back, null::bigint as handed_off,"
           " null::bigint as won, null::bigint as lost, null::bigint as cancelled, null::bigint as deleted,"
           " null::bigint as still_open, null::bigint as settled_stays,"
           " null::numeric(20,2) as settled_seconds, null::timestamptz as as_of,"
           " null::bigint as pending_leads";
    return {"funnel_monthly_by_owner", columns, funnel_by_owner_branch,
            "The funnel of each account by month of entry, stage and owner at entry; leads are distinct for "
            "each owner"};
}

bi_view funnel_amount_view() {
    statement columns;
    columns << "null::text as account, null::date as month, null::text as pipeline, null::text as stage_id,"
               " null::text as stage, null::integer as stage_rank, null::text as currency,"
               " null::bigint as entries, null::bigint as first_entries, null::numeric(30,2) as entry_amount,"
               " null::numeric(30,2) as first_entry_amount, null::timestamptz as as_of,"
               " null::bigint as pending_leads";
    return {"funnel_amount_monthly", columns, funnel_amount_branch,
            "Amounts at entry by month of entry, stage and currency; entries are those with a known amount"};
}

bi_view lead_view() {
    statement columns;
    columns << "null::text as account, null::text as lead_id, null::text as pipeline, null::text as stage_id,"
               " null::text as stage, null::integer as stage_rank, null::timestamptz as entered_at,"
               " null::text as status, null::numeric(17,2) as amount, null::text as currency,"
               " null::text as owner, null::timestamptz as created_at, null::timestamptz as closed_at,"
               " null::timestamptz as deleted_at, null::timestamptz as as_of, null::bigint as pending_leads";
    return {"lead_current", columns, lead_branch, "Where each lead of each account stands"};
}

bi_view sales_funnel_view() {
    statement columns;
    columns << "null::text as account, null::date as month, null::text as kpi_name, null::numeric(12,2) as "
               "funnel_step, null::bigint as deals_count, null::timestamptz as as_of,"
               " null::bigint as pending_leads";
    return {
        "sales_funnel_monthly", columns, sales_funnel_monthly_branch,
        "The classic report: deals that first entered each step, for every month and step, zeros included"};
}

std::vector<bi_view> bi_views() {
    return {funnel_view(), funnel_by_owner_view(), funnel_amount_view(), lead_view(), sales_funnel_view()};
}

statement query_of(const bi_view &view, const std::vector<std::string> &accounts) {
    statement text;
    if (accounts.empty())
        return text << "select " << view.columns << " where false";
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        if (i > 0)
            text << " union all ";
        text << view.branch(accounts[i]);
    }
    return text;
}

void make_view(pgcxx::spi::session &sql, const bi_view &view, const std::vector<std::string> &accounts) {
    const identifier name{"crm_bi", view.name};
    statement create;
    create << "create or replace view " << name << " as " << query_of(view, accounts);
    sql.execute(create);
    statement describe;
    describe << "comment on view " << name << " is " << literal{view.comment};
    sql.execute(describe);
}

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
        " where n.nspname = 'crm_bi' and c.relname in ('calendar_month', 'funnel_monthly', "
        "'sales_funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly', 'lead_current')"
        " and (pg_catalog.pg_get_userbyid(c.relowner) <> current_user"
        " or c.relkind <> case c.relname when 'calendar_month' then 'r' else 'v' end)");
    if (foreign.empty())
        return;
    const auto [what] = foreign.front();
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, what + " is not the extension's")
        .detail("The views of crm_bi read all accounts, so the extension's owner must own them.")
        .hint("Drop it, or give it to the owner of schema pgcrm.");
}

// What the views read: relation, column, type.
statement needed_columns() {
    statement text;
    text
        << "with listed(relation, attribute, type) as (values"
           " ('account', 'refreshed_at', 'timestamptz'::regtype), ('account', 'built_time_zone', 'text'),"
           " ('account', 'first_observed_at', 'timestamptz'), ('account', 'last_observed_at', 'timestamptz'),"
           " ('pending', 'lead_id', 'text'), ('stage', 'stage_id', 'text'), ('stage', 'name', 'text'),"
           " ('stage', 'pipeline', 'text'), ('stage', 'funnel_step', 'numeric'),"
           " ('stage', 'kpi_name', 'text'), ('stage', 'built_rank', 'int4')),"
           " column_of(relation, attributes, type) as (values"
           " ('funnel_monthly', '{month}'::text[], 'date'::regtype), ('funnel_monthly', '{stage_id}', "
           "'text'),"
           " ('funnel_monthly', "
           "'{entries,first_entries,reopened_in_place,leads,advanced,moved_back,handed_off,"
           "won,lost,cancelled,deleted,still_open,settled_stays}', 'int8'),"
           " ('funnel_monthly', '{settled_seconds}', 'numeric'),"
           " ('funnel_amount_monthly', '{month}', 'date'),"
           " ('funnel_amount_monthly', '{stage_id,currency}', 'text'),"
           " ('funnel_amount_monthly', '{entries,first_entries}', 'int8'),"
           " ('funnel_amount_monthly', '{entry_amount,first_entry_amount}', 'numeric'),"
           " ('lead_current', '{lead_id,stage_id,status,currency,owner}', 'text'),"
           " ('lead_current', '{amount}', 'numeric'),"
           " ('lead_current', '{entered_at,created_at,closed_at,deleted_at}', 'timestamptz')),"
           " needed as (select * from listed"
           " union all select c.relation, a, c.type from column_of c, unnest(c.attributes) a"
           " union all select 'funnel_monthly_by_owner', a, c.type from column_of c, unnest(c.attributes) a"
           " where c.relation = 'funnel_monthly'"
           " union all select 'funnel_monthly_by_owner', 'owner', 'text')";
    return text;
}

// Of these accounts, those whose tables have what the views read.
std::vector<std::string> with_sound_tables(pgcxx::spi::session &sql,
                                           const std::vector<std::string> &accounts) {
    std::vector<std::string> sound;
    statement text;
    text << needed_columns()
         << " select n.nspname::text from pg_catalog.pg_namespace n where n.nspname = any ($1)"
            " and (select count(*) from needed d join pg_catalog.pg_class c on c.relnamespace = n.oid"
            " and c.relname = d.relation and c.relkind = 'r'"
            " join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = d.attribute"
            " and a.atttypid = d.type and not a.attisdropped) = (select count(*) from needed)"
            " order by n.nspname";
    const auto rows = sql.query<std::string>(text, accounts);
    for (const auto &[name] : rows)
        sound.push_back(name);
    return sound;
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
    const std::vector<std::string> shown = with_sound_tables(sql, accounts);
    for (const bi_view &view : bi_views())
        make_view(sql, view, shown);
    // The views have locked what they read: now nobody can put something else in its place.
    if (with_sound_tables(sql, shown) != shown)
        throw error(ERRCODE_T_R_SERIALIZATION_FAILURE,
                    "tables of an account changed while the views of crm_bi were made")
            .hint("Try again.");
    if (!was_complete)
        for (const std::string &role : readers_of(sql, accounts))
            grant_bi_views(sql, role);
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

void grant_bi_views(pgcxx::spi::session &sql, const std::string &role) {
    if (!schema_exists("crm_bi"))
        return;
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

} // namespace pgcrm::store
