#include "store/face/face_relation.hpp"

#include "core/marts/mart.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::sql_literal;
using pgcxx::statement;

// Cells of a mart with the stages that they are of.
statement cells_and_stages(const face_relation &cells, const std::string &account) {
    return statement() << identifier{account, cells.table} << " f join " << identifier{account, "stage"}
                       << " s on s.stage_id = f.stage_id cross join " << identifier{account, "account"}
                       << " a";
}

statement leads_and_stages(const face_relation &, const std::string &account) {
    return statement() << identifier{account, "lead_current"} << " l left join "
                       << identifier{account, "stage"} << " s on s.stage_id = l.stage_id cross join "
                       << identifier{account, "account"} << " a";
}

// The steps of the classic report. Stages of one name in several pipelines are told apart by the pipeline's.
statement report_steps(const std::string &account) {
    return statement()
           << "(select s.stage_id, coalesce(s.funnel_step, s.built_rank)::numeric(12,2) as funnel_step,"
              " coalesce(s.kpi_name, case when count(*) over () = count(*) over (partition by s.pipeline)"
              " then s.name else s.pipeline || ': ' || s.name end) as kpi_name from "
           << identifier{account, "stage"} << " s where s.built_rank is not null)";
}

// Every month from the account's first to its last observation, and every step, zeros included.
statement months_and_steps(const face_relation &, const std::string &account) {
    statement text;
    text
        << identifier{account, "account"}
        << " a cross join lateral (select g::date as month from generate_series("
           "date_trunc('month', a.first_observed_at at time zone a.built_time_zone),"
           " date_trunc('month', a.last_observed_at at time zone a.built_time_zone), interval '1 month') g) m"
           " cross join "
        << report_steps(account) << " k left join " << identifier{account, "funnel_monthly"}
        << " f on f.month = m.month and f.stage_id = k.stage_id"
           " group by m.month, k.kpi_name, k.funnel_step, a.account, a.refreshed_at";
    return text;
}

face_column account_column() {
    return {"account", "text", {}, "The account: its name, which is its schema's too"};
}

void add_freshness(std::vector<face_column> &columns) {
    columns.push_back({"as_of", "timestamptz", statement("a.refreshed_at"),
                       "When the account's last complete refresh began: what was acknowledged before is in"});
    columns.push_back(
        {"pending_leads", "bigint", statement(), "Leads of the account that wait for the next refresh"});
}

std::vector<face_column> cell_columns() {
    return {account_column(),
            {"month", "date", statement("f.month"),
             "First day of the month of entry, in the account's time zone"},
            {"pipeline", "text", statement("s.pipeline"), "Pipeline of the stage"},
            {"stage_id", "text", statement("f.stage_id"), "Id of the stage at the source"},
            {"stage", "text", statement("s.name"), "Name of the stage"},
            {"stage_rank", "integer", statement("s.built_rank"),
             "Place of the stage in its pipeline, from 1, as the numbers were built with"}};
}

// Whole sums of seconds, and amounts: wide enough for any sum of amounts below 10^15, so that no cell makes a
// reader's query fail.
sql_literal type_of(const measure_column &measure) {
    if (measure.type == measure_type::bigint)
        return "bigint";
    return measure.decimals == 2 ? sql_literal("numeric(30,2)") : sql_literal("numeric(20,2)");
}

void add_measures(std::vector<face_column> &columns, const mart &of) {
    for (const measure_column &each : of.measures) {
        statement value;
        value << identifier{"f", each.name};
        if (each.type != measure_type::bigint)
            value << "::" << type_of(each);
        columns.push_back({each.name, type_of(each), value, std::string(each.comment)});
    }
}

void add_own_key(std::vector<face_column> &columns, const mart &of) {
    for (const key_column &each : of.key)
        if (each.name != "month" && each.name != "stage_id")
            columns.push_back({each.name,
                               each.type == key_type::text ? sql_literal("text") : sql_literal("bigint"),
                               statement() << identifier{"f", each.name}, std::string(each.comment)});
}

face_relation cells_of(const mart &of) {
    face_relation cells{std::string(of.name), std::string(of.comment), cell_columns(), {}, of.name,
                        cells_and_stages};
    add_own_key(cells.columns, of);
    add_measures(cells.columns, of);
    for (const key_column &each : of.key)
        cells.key.push_back(each.name);
    return cells;
}

face_relation leads() {
    return {
        "lead_current",
        "Where each lead of each account stands",
        {account_column(),
         {"lead_id", "text", statement("l.lead_id"), "Id of the lead at the source"},
         {"pipeline", "text", statement("s.pipeline"), "Pipeline of its stage"},
         {"stage_id", "text", statement("l.stage_id"), "Id of the stage that it is in; null: none was said"},
         {"stage", "text", statement("s.name"), "Name of that stage"},
         {"stage_rank", "integer", statement("s.built_rank"), "Place of that stage in its pipeline, from 1"},
         {"entered_at", "timestamptz", statement("l.entered_at"), "Since when it is there"},
         {"status", "text", statement("l.status"), "Its status as last said"},
         {"amount", "numeric(17,2)", statement("l.amount::numeric(17,2)"), "Its amount as last said"},
         {"currency", "text", statement("l.currency"), "Currency of the amount"},
         {"owner", "text", statement("l.owner"), "Whose lead it is now"},
         {"created_at", "timestamptz", statement("l.created_at"), "When it was created"},
         {"closed_at", "timestamptz", statement("l.closed_at"), "When it was won, lost or cancelled"},
         {"deleted_at", "timestamptz", statement("l.deleted_at"), "When it was deleted at the source"}},
        {"lead_id"},
        "lead_current",
        leads_and_stages};
}

face_relation classic_report() {
    return {
        "sales_funnel_monthly",
        "The classic report: deals that first entered each step, for every month and step, zeros included",
        {account_column(),
         {"month", "date", statement("m.month"), "First day of the month, in the account's time zone"},
         {"kpi_name", "text", statement("k.kpi_name"), "Name of the step"},
         {"funnel_step", "numeric(12,2)", statement("k.funnel_step"), "Place of the step"},
         {"deals_count", "bigint", statement("coalesce(sum(f.first_entries), 0)::bigint"),
          "Deals that entered the step in this month for the first time"}},
        {},
        "funnel_monthly",
        months_and_steps};
}

std::vector<face_relation> all_relations() {
    std::vector<face_relation> all;
    for (const mart *each : marts())
        all.push_back(cells_of(*each));
    all.push_back(leads());
    all.push_back(classic_report());
    for (face_relation &each : all)
        add_freshness(each.columns);
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    return all;
}

} // namespace

const face_column *face_relation::find_column(std::string_view wanted) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const face_column &each) { return each.name == wanted; });
    return found == columns.end() ? nullptr : &*found;
}

const std::vector<face_relation> &face_relations() {
    static const auto *const all = new std::vector<face_relation>(all_relations());
    return *all;
}

const face_relation *find_face_relation(std::string_view name) {
    const auto &all = face_relations();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const face_relation &each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace pgcrm::store
