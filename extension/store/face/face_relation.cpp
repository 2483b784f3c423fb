#include "store/face/face_relation.hpp"

#include "core/marts/mart.hpp"
#include "store/marts/plausible_months.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::sql_literal;
using pgcxx::statement;

statement cells_alone(const face_relation &cells, const std::string &account) {
    return statement() << identifier{account, cells.table} << " f cross join "
                       << identifier{account, "account"} << " a";
}

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

// Every month that is shown, and every step, zeros included.
statement months_and_steps(const face_relation &, const std::string &account) {
    statement text;
    text << identifier{account, "account"} << " a cross join (" << shown_months(account) << ") m cross join "
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

sql_literal type_of_key(key_type type) {
    switch (type) {
    case key_type::date:
        return "date";
    case key_type::text:
        return "text";
    case key_type::integer:
        break;
    }
    return "bigint";
}

bool is_stage(const key_column &of) { return of.name == "stage_id"; }

// A stage is told by its pipeline, name and place as well.
void add_key(std::vector<face_column> &columns, const key_column &of) {
    if (is_stage(of))
        columns.push_back({"pipeline", "text", statement("s.pipeline"), "Pipeline of the stage"});
    columns.push_back(
        {of.name, type_of_key(of.type), statement() << identifier{"f", of.name}, std::string(of.comment)});
    if (!is_stage(of))
        return;
    columns.push_back({"stage", "text", statement("s.name"), "Name of the stage"});
    columns.push_back({"stage_rank", "integer", statement("s.built_rank"),
                       "Place of the stage in its pipeline, from 1, as the numbers were built with"});
}

face_relation cells_of(const mart &of) {
    const bool is_by_stage = std::any_of(of.key.begin(), of.key.end(), is_stage);
    face_relation cells{std::string(of.name),
                        std::string(of.comment),
                        {account_column()},
                        {},
                        of.name,
                        is_by_stage ? cells_and_stages : cells_alone};
    for (const key_column &each : of.key) {
        cells.key.push_back(each.name);
        add_key(cells.columns, each);
    }
    add_measures(cells.columns, of);
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
    return {"sales_funnel_monthly",
            "The classic report: deals that first entered each step, for every step and every month from the "
            "first to "
            "the last with entries, zeros included; where more than a year has none, its months are left out",
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
