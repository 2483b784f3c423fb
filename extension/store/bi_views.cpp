#include "store/bi_views.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"

#include <functional>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

struct bi_view {
    std::string name;
    statement columns; // column list of a view without accounts
    std::function<statement(const std::string &account)> branch;
    std::string comment;
};

// What stands beside every number: as of when, and how many leads are not in it yet.
statement freshness(const std::string &account) {
    statement text;
    text << "a.refreshed_at as as_of, (select count(distinct p.lead_id) from " << identifier{account, "pending"}
         << " p) as pending_leads";
    return text;
}

statement reader_may_see(const std::string &account) {
    statement text;
    text << "pg_catalog.has_schema_privilege(" << literal{account} << ", 'usage')";
    return text;
}

statement funnel_monthly_branch(const std::string &account) {
    statement text;
    text << "select " << literal{account} << "::text as account, f.month, s.pipeline, s.stage_id collate \"default\" as stage_id,"
         << " s.name as stage, s.built_rank as stage_rank,"
            " f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, f.handed_off,"
            " f.won, f.lost, f.cancelled, f.deleted, f.still_open, f.settled_stays,"
            " f.settled_seconds::numeric(20,2) as settled_seconds, "
         << freshness(account) << " from " << identifier{account, "funnel_monthly"} << " f join "
         << identifier{account, "stage"} << " s on s.stage_id = f.stage_id cross join "
         << identifier{account, "account"} << " a where " << reader_may_see(account);
    return text;
}

// Every month from the account's first to its last observation, and every step, zeros included.
statement sales_funnel_monthly_branch(const std::string &account) {
    statement text;
    text << "select " << literal{account}
         << "::text as account, m.month::date as month, k.kpi_name, k.funnel_step,"
            " coalesce(sum(f.first_entries), 0)::bigint as deals_count, a.refreshed_at as as_of,"
            " (select count(distinct p.lead_id) from "
         << identifier{account, "pending"} << " p) as pending_leads from " << identifier{account, "account"}
         << " a cross join lateral pg_catalog.generate_series("
            "date_trunc('month', a.first_observed_at at time zone a.built_time_zone),"
            " date_trunc('month', a.last_observed_at at time zone a.built_time_zone), interval '1 month') m(month)"
            " cross join (select s.stage_id, coalesce(s.funnel_step, s.built_rank)::numeric(6,2) as funnel_step,"
            " coalesce(s.kpi_name, case when count(*) over () = count(*) over (partition by s.pipeline)"
            " then s.name else s.pipeline || ': ' || s.name end) as kpi_name from "
         << identifier{account, "stage"} << " s where s.built_rank is not null) k left join "
         << identifier{account, "funnel_monthly"}
         << " f on f.month = m.month::date and f.stage_id = k.stage_id where " << reader_may_see(account)
         << " group by m.month, k.kpi_name, k.funnel_step, a.refreshed_at";
    return text;
}

std::vector<bi_view> bi_views() {
    statement funnel;
    funnel << "null::text as account, null::date as month, null::text as pipeline, null::text as stage_id,"
              " null::text as stage, null::integer as stage_rank, null::bigint as entries,"
              " null::bigint as first_entries, null::bigint as reopened_in_place, null::bigint as leads,"
              " null::bigint as advanced, null::bigint as moved_back, null::bigint as handed_off,"
              " null::bigint as won, null::bigint as lost, null::bigint as cancelled, null::bigint as deleted,"
              " null::bigint as still_open, null::bigint as settled_stays,"
              " null::numeric(20,2) as settled_seconds, null::timestamptz as as_of, null::bigint as pending_leads";
    statement sales;
    sales << "null::text as account, null::date as month, null::text as kpi_name, null::numeric(6,2) as funnel_step,"
             " null::bigint as deals_count, null::timestamptz as as_of, null::bigint as pending_leads";
    return {{"funnel_monthly", funnel, funnel_monthly_branch,
             "The funnel of each account by month of entry and stage; as_of is the last complete refresh, "
             "pending_leads wait for the next one"},
            {"sales_funnel_monthly", sales, sales_funnel_monthly_branch,
             "The classic report: deals that first entered each step, for every month and step, zeros included"}};
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

} // namespace

void make_bi_views() {
    std::vector<std::string> accounts;
    for (std::string &name : registered_accounts())
        if (schema_exists(name))
            accounts.push_back(std::move(name));
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    const bool is_new = !schema_exists("crm_bi");
    pgcxx::spi::session sql;
    if (is_new)
        make_bi_schema(sql);
    for (const bi_view &view : bi_views())
        make_view(sql, view, accounts);
}

} // namespace pgcrm::store
