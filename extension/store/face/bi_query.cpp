#include "store/face/bi_query.hpp"

#include "core/marts/mart.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::sql_literal;
using pgcxx::statement;

struct column_read {
    std::string_view name;
    sql_literal type;
};

struct table_read {
    std::string_view name;
    std::vector<column_read> key, others;
};

std::span<const measure_column> measures_of(std::string_view name) {
    const mart *found = find_mart(name);
    return found ? found->measures : std::span<const measure_column>();
}

table_read funnel_cells(std::string_view name, std::vector<column_read> key) {
    table_read cells{name, std::move(key), {}};
    for (const measure_column &each : measures_of(name))
        cells.others.push_back(
            {each.name, each.type == measure_type::bigint ? sql_literal("bigint") : sql_literal("numeric")});
    return cells;
}

table_read own_row() {
    return {"account",
            {{"account", "text"}},
            {{"refreshed_at", "timestamptz"},
             {"built_time_zone", "text"},
             {"first_observed_at", "timestamptz"},
             {"last_observed_at", "timestamptz"}}};
}

table_read marks() { return {"pending", {{"lead_id", "text"}, {"mark", "bigint"}}, {}}; }

table_read stages() {
    return {
        "stage", {{"stage_id", "text"}}, {{"name", "text"}, {"pipeline", "text"}, {"built_rank", "integer"}}};
}

table_read report_steps() {
    table_read steps = stages();
    steps.others.push_back({"funnel_step", "numeric"});
    steps.others.push_back({"kpi_name", "text"});
    return steps;
}

table_read funnel() { return funnel_cells("funnel_monthly", {{"month", "date"}, {"stage_id", "text"}}); }

table_read funnel_by_owner() {
    return funnel_cells("funnel_monthly_by_owner",
                        {{"month", "date"}, {"stage_id", "text"}, {"owner", "text"}});
}

table_read amounts() {
    return {"funnel_amount_monthly",
            {{"month", "date"}, {"stage_id", "text"}, {"currency", "text"}},
            {{"entries", "bigint"},
             {"first_entries", "bigint"},
             {"entry_amount", "numeric"},
             {"first_entry_amount", "numeric"}}};
}

table_read leads() {
    return {"lead_current",
            {{"lead_id", "text"}},
            {{"stage_id", "text"},
             {"entered_at", "timestamptz"},
             {"status", "text"},
             {"amount", "numeric"},
             {"currency", "text"},
             {"owner", "text"},
             {"created_at", "timestamptz"},
             {"closed_at", "timestamptz"},
             {"deleted_at", "timestamptz"}}};
}

std::vector<identifier> column_names(const std::vector<column_read> &columns) {
    std::vector<identifier> names;
    names.reserve(columns.size());
    for (const column_read &each : columns)
        names.push_back(identifier{"t", each.name});
    return names;
}

// A table is read through a subselect that groups by its primary key and shows other columns: that makes the
// view depend on the key, so the table keeps its index. Without an index its owner could turn it into a view
// under ours (before PostgreSQL 16), which would run his code as whoever reads.
statement keyed(const std::string &account, const table_read &table) {
    statement text;
    text << "select ";
    text.join(", ", column_names(table.key)) << ", ";
    text.join(", ", column_names(table.others))
        << " from " << identifier{account, table.name} << " t group by ";
    return text.join(", ", column_names(table.key));
}

statement rows_of(const std::string &account, const table_read &table) {
    return statement() << "(" << keyed(account, table) << ")";
}

// The limit tells the planner that there is one row, without statistics: else it expects millions
// of months, and spends a second on compiling the query.
statement row_of(const std::string &account) {
    return statement() << "(" << keyed(account, own_row()) << " limit 1)";
}

// All columns of pending are its key: the row as a whole is what depends on it.
statement pending_leads(const std::string &account) {
    statement text;
    text << "(select count(distinct p.lead_id) from (select m.lead_id from "
         << identifier{account, marks().name}
         << " m where m.lead_id <> '' group by m.lead_id, m.mark having m is not null) p)";
    return text;
}

statement reader_may_see(const std::string &account) {
    statement text;
    text << "pg_catalog.has_schema_privilege(" << literal{account} << ", 'usage')";
    return text;
}

// Cells of a mart with the stages that they are of.
statement cells_and_stages(const std::string &account, const table_read &mart) {
    statement text;
    text << rows_of(account, mart) << " f, " << rows_of(account, stages()) << " s, " << row_of(account)
         << " a where s.stage_id = f.stage_id and " << reader_may_see(account);
    return text;
}

statement leads_and_stages(const std::string &account) {
    statement text;
    text << row_of(account) << " a, " << rows_of(account, leads()) << " l left join "
         << rows_of(account, stages()) << " s on s.stage_id = l.stage_id where " << reader_may_see(account);
    return text;
}

// Every month from the account's first to its last observation, and every step, zeros included.
statement months_and_steps(const std::string &account) {
    statement text;
    text << row_of(account)
         << " a join crm_bi.calendar_month m on m.month between"
            " date_trunc('month', a.first_observed_at at time zone a.built_time_zone)::date"
            " and date_trunc('month', a.last_observed_at at time zone a.built_time_zone)::date"
            " cross join (select s.stage_id, coalesce(s.funnel_step, s.built_rank)::numeric(12,2) as "
            "funnel_step,"
            " coalesce(s.kpi_name, case when count(*) over () = count(*) over (partition by s.pipeline)"
            " then s.name else s.pipeline || ': ' || s.name end) as kpi_name from "
         << rows_of(account, report_steps()) << " s where s.built_rank is not null) k left join "
         << rows_of(account, funnel()) << " f on f.month = m.month and f.stage_id = k.stage_id where "
         << reader_may_see(account) << " group by m.month, k.kpi_name, k.funnel_step, a.refreshed_at";
    return text;
}

// Texts of account tables compare in "C", those of the views as the database does.
std::vector<bi_column> cell_columns() {
    return {{"month", "date", statement("f.month")},
            {"pipeline", "text", statement("s.pipeline")},
            {"stage_id", "text", statement("s.stage_id collate \"default\"")},
            {"stage", "text", statement("s.name")},
            {"stage_rank", "integer", statement("s.built_rank")}};
}

// Counts, and sums of seconds.
void add_funnel_measures(std::vector<bi_column> &columns) {
    for (const measure_column &each : measures_of("funnel_monthly"))
        if (each.type == measure_type::bigint)
            columns.push_back({each.name, "bigint", statement() << identifier{"f", each.name}});
        else
            columns.push_back(
                {each.name, "numeric(20,2)", statement() << identifier{"f", each.name} << "::numeric(20,2)"});
}

bi_view funnel_view() {
    std::vector<bi_column> columns = cell_columns();
    add_funnel_measures(columns);
    return {"funnel_monthly", std::move(columns),
            [](const std::string &account) { return cells_and_stages(account, funnel()); },
            "The funnel of each account by month of entry and stage; as_of is the last complete refresh, "
            "pending_leads wait for the next one"};
}

bi_view funnel_by_owner_view() {
    std::vector<bi_column> columns = cell_columns();
    columns.push_back({"owner", "text", statement("f.owner collate \"default\"")});
    add_funnel_measures(columns);
    return {"funnel_monthly_by_owner", std::move(columns),
            [](const std::string &account) { return cells_and_stages(account, funnel_by_owner()); },
            "The funnel of each account by month of entry, stage and owner at entry; leads are distinct for "
            "each owner"};
}

// Wide enough for any sum of amounts below 10^15: one account's cell must not make the view fail.
bi_view funnel_amount_view() {
    std::vector<bi_column> columns = cell_columns();
    columns.push_back({"currency", "text", statement("f.currency collate \"default\"")});
    columns.push_back({"entries", "bigint", statement("f.entries")});
    columns.push_back({"first_entries", "bigint", statement("f.first_entries")});
    columns.push_back({"entry_amount", "numeric(30,2)", statement("f.entry_amount::numeric(30,2)")});
    columns.push_back(
        {"first_entry_amount", "numeric(30,2)", statement("f.first_entry_amount::numeric(30,2)")});
    return {"funnel_amount_monthly", std::move(columns),
            [](const std::string &account) { return cells_and_stages(account, amounts()); },
            "Amounts at entry by month of entry, stage and currency; entries are those with a known amount"};
}

bi_view lead_view() {
    return {"lead_current",
            {{"lead_id", "text", statement("l.lead_id collate \"default\"")},
             {"pipeline", "text", statement("s.pipeline")},
             {"stage_id", "text", statement("l.stage_id collate \"default\"")},
             {"stage", "text", statement("s.name")},
             {"stage_rank", "integer", statement("s.built_rank")},
             {"entered_at", "timestamptz", statement("l.entered_at")},
             {"status", "text", statement("l.status")},
             {"amount", "numeric(17,2)", statement("l.amount::numeric(17,2)")},
             {"currency", "text", statement("l.currency")},
             {"owner", "text", statement("l.owner")},
             {"created_at", "timestamptz", statement("l.created_at")},
             {"closed_at", "timestamptz", statement("l.closed_at")},
             {"deleted_at", "timestamptz", statement("l.deleted_at")}},
            leads_and_stages,
            "Where each lead of each account stands"};
}

bi_view sales_funnel_view() {
    return {
        "sales_funnel_monthly",
        {{"month", "date", statement("m.month")},
         {"kpi_name", "text", statement("k.kpi_name")},
         {"funnel_step", "numeric(12,2)", statement("k.funnel_step")},
         {"deals_count", "bigint", statement("coalesce(sum(f.first_entries), 0)::bigint")}},
        months_and_steps,
        "The classic report: deals that first entered each step, for every month and step, zeros included"};
}

statement branch(const bi_view &view, const std::string &account) {
    statement text;
    text << "select " << literal{account} << "::text as account, ";
    for (const bi_column &each : view.columns)
        text << each.value << " as " << identifier{each.name} << ", ";
    return text << "a.refreshed_at as as_of, " << pending_leads(account) << " as pending_leads from "
                << view.rows(account);
}

statement without_rows(const bi_view &view) {
    statement text;
    text << "select null::text as account, ";
    for (const bi_column &each : view.columns)
        text << "null::" << each.type << " as " << identifier{each.name} << ", ";
    return text << "null::timestamptz as as_of, null::bigint as pending_leads where false";
}

} // namespace

std::vector<bi_view> bi_views() {
    return {funnel_view(), funnel_by_owner_view(), funnel_amount_view(), lead_view(), sales_funnel_view()};
}

statement query_of(const bi_view &view, const std::vector<std::string> &accounts) {
    if (accounts.empty())
        return without_rows(view);
    std::vector<statement> branches;
    branches.reserve(accounts.size());
    for (const std::string &account : accounts)
        branches.push_back(branch(view, account));
    return statement().join(" union all ", branches);
}

statement columns_read() {
    std::vector<statement> rows;
    for (const table_read &table :
         {own_row(), marks(), report_steps(), funnel(), funnel_by_owner(), amounts(), leads()})
        for (const auto *part : {&table.key, &table.others})
            for (const column_read &each : *part)
                rows.push_back(statement() << "(" << literal{table.name} << ", " << literal{each.name}
                                           << ", '" << each.type << "'::regtype)");
    return statement("values ").join(", ", rows);
}

} // namespace pgcrm::store
