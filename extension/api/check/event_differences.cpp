#include "api/check/event_differences.hpp"

#include "store/event/event_rows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pgcrm {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::sql_literal;
using pgcxx::statement;
using column_number = std::optional<std::size_t>;

statement name_of(const column &of) { return statement() << "b." << identifier{of.name}; }

// A column of the stream's table as text, null where it is empty or the stream has none.
statement text_of(const stream &of, const column_number &number) {
    if (!number)
        return statement("null::text");
    return statement() << "nullif(" << name_of(of.columns[*number]) << "::text, '')";
}

// A column of a key, spelled as the decoder spells it.
statement key_part(const column &of) {
    const statement name = name_of(of);
    statement text;
    if (of.type == column_type::timestamptz)
        return text << "to_char(" << name
                    << R"( at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || rtrim(to_char()" << name
                    << " at time zone 'UTC', '.US'), '.0') || 'Z'";
    if (of.type == column_type::date)
        return text << "to_char(" << name << ", 'YYYY-MM-DD')";
    return text << name << "::text";
}

// Several columns are joined, so that other parts make another key; a long key is its digest.
statement key_of(const stream &of) {
    if (of.key.size() == 1)
        return key_part(of.columns[of.key.front()]);
    statement joined, text;
    joined << "concat_ws('/'";
    for (const std::size_t number : of.key)
        joined << ", replace(replace(" << key_part(of.columns[number]) << ", '~', '~0'), '/', '~1')";
    joined << ")";
    return text << "case when octet_length(" << joined << ") > 255 then encode(sha256(convert_to(" << joined
                << ", 'UTF8')), 'hex') else " << joined << " end";
}

statement status_of(const stream &of, const observation_rule &rule) {
    statement text;
    if (!rule.status)
        return text << "null::text";
    text << "case lower(" << text_of(of, rule.status) << ")";
    for (const auto &[word, status] : rule.statuses)
        text << " when lower(" << literal{word} << ") then " << literal{to_text(status)};
    return text << " end";
}

// Whether the body that was kept has a text at the place which is one of those wanted.
statement is_met(const match &wanted, std::string_view body) {
    statement found, text;
    found << "(b." << identifier{body} << " #>> " << store::path_of(wanted.at) << ")";
    text << "coalesce(jsonb_typeof(b." << identifier{body} << " #> " << store::path_of(wanted.at)
         << ") = 'string' and (false";
    for (const pattern &each : wanted.any_of)
        if (each.is_prefix)
            text << " or starts_with(" << found << ", " << literal{each.text} << ")";
        else
            text << " or " << found << " = " << literal{each.text};
    return text << "), false)";
}

statement all_are_met(const stream &of, const std::vector<match> &wanted) {
    statement text("true");
    for (const match &each : wanted)
        text << " and " << is_met(each, store::body_column(of));
    return text;
}

// Whether there is something at a place, be it a null, also one on the way to it.
statement is_there(const json_pointer &at, std::string_view body) {
    statement text;
    text << "b." << identifier{body} << " #> " << store::path_of(at) << " is not null";
    for (std::size_t size = at.size(); size-- > 1;)
        text << " or b." << identifier{body} << " #> "
             << store::path_of(json_pointer(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(size)))
             << " = 'null'";
    return text;
}

// Whether an event says a column's value, if only that there is none, at a place that counts. Where no body
// was kept only a value is known to have been said, and null stands for "who knows".
statement is_said(const stream &of, const column_number &number) {
    if (!number)
        return statement("false");
    const column &said = of.columns[*number];
    const std::string_view body = store::body_column(of);
    statement text;
    text << "(" << name_of(said) << " is not null";
    for (const column_source &place : said.at)
        if (!body.empty())
            text << " or (" << all_are_met(of, place.when) << " and (" << is_there(place.at, body) << "))";
    return text << (body.empty() ? sql_literal(" or null)") : sql_literal(")"));
}

// A column of the compared rows: its name, the expression for what the events say, and that for what is
// stored, where it is not the column as it is.
struct compared_column {
    std::string_view name;
    statement said;
    statement stored = {};
};

compared_column flag(std::string_view name, const statement &said, int bit) {
    return {name, statement() << said << "::text", statement() << "(o.said & " << bit << " <> 0)"};
}

// Where the source names a stage without an id, the id is made up by the decoder: any is taken for it.
statement stage_id_of(const stream &of, const observation_rule &rule) {
    return statement() << "coalesce(" << text_of(of, rule.stage) << ", case when "
                       << text_of(of, rule.stage_name) << " is not null then '' end)";
}

std::vector<compared_column> observed_columns(const stream &of, const observation_rule &rule) {
    const column_number at = rule.at, lead = rule.lead;
    statement sequence, amount;
    sequence << "coalesce(" << text_of(of, rule.sequence) << ", '0')";
    amount << "round(" << text_of(of, rule.amount) << "::numeric, 2)::text";
    return {{"lead_id", text_of(of, lead)},
            {"occurred_at", text_of(of, at)},
            {"sequence", sequence},
            {"kind", statement() << literal{to_text(rule.kind)}},
            {"stage_id", stage_id_of(of, rule)},
            {"stage", text_of(of, rule.stage_name)},
            {"pipeline", text_of(of, rule.pipeline)},
            {"status", status_of(of, rule)},
            {"amount", amount},
            {"currency", text_of(of, rule.currency)},
            {"owner", text_of(of, rule.owner)},
            flag("amount_said", is_said(of, rule.amount), 1),
            flag("currency_said", is_said(of, rule.currency), 2),
            flag("owner_said", is_said(of, rule.owner), 4),
            // What no mapping says yet.
            {"said", statement("'0'"), statement("(o.said & ~7)")},
            {"attributes", statement("null::text")},
            {"customer", statement("null::text")},
            {"campaign", statement("null::text")}};
}

std::vector<compared_column> defined_columns(const stream &of, const stage_rule &rule) {
    const column_number id = rule.id;
    statement is_deleted;
    if (rule.deleted_when.empty())
        is_deleted << "'false'";
    else if (store::body_column(of).empty())
        is_deleted << "null::text";
    else
        is_deleted << "(" << all_are_met(of, rule.deleted_when) << ")::text";
    return {{"stage_id", text_of(of, id)},
            {"name", text_of(of, rule.name)},
            {"pipeline", text_of(of, rule.pipeline)},
            {"position", text_of(of, rule.position)},
            {"defined_at", text_of(of, rule.at)},
            {"is_deleted", is_deleted}};
}

// select <key> as event_id, <what it says> as "lead_id", ... from step_changed b where <condition>
statement said_by_events(const stream &of, const std::vector<compared_column> &columns,
                         const statement &condition) {
    statement text;
    text << "select " << key_of(of) << " as event_id";
    for (const compared_column &each : columns)
        text << ", " << each.said << " as " << identifier{each.name};
    return text << " from " << identifier{of.name} << " b where " << condition;
}

statement stored_of(const stream &of, const std::vector<compared_column> &columns,
                    std::string_view relation) {
    statement text;
    text << "select o.event_id";
    for (const compared_column &each : columns)
        if (each.stored.empty())
            text << ", o." << identifier{each.name} << "::text";
        else
            text << ", " << each.stored << "::text as " << identifier{each.name};
    return text << " from " << identifier{relation} << " o where o.origin = " << literal{of.name};
}

// ('stage_id', s."stage_id", e."stage_id"); for what cannot be known what is stored is taken.
statement cell_of(const compared_column &column) {
    const identifier name{column.name};
    statement text;
    text << "(" << literal{column.name} << ", s." << name << ", ";
    if (column.name == "stage_id")
        return text << "case when e.stage_id = '' then s.stage_id else e.stage_id end)";
    if (column.name == "is_deleted" || column.name.ends_with("_said"))
        return text << "case when e.event_id is null then null else coalesce(e." << name << ", s." << name
                    << ") end)";
    return text << "e." << name << ")";
}

statement differences_of(const stream &of, const std::vector<compared_column> &columns,
                         const statement &condition, std::string_view relation) {
    std::vector<statement> cells;
    cells.reserve(columns.size());
    for (const compared_column &each : columns)
        cells.push_back(cell_of(each));
    statement text;
    text << "with said as materialized (" << said_by_events(of, columns, condition)
         << "), stored as materialized (" << stored_of(of, columns, relation) << ") select "
         << literal{relation} << ", concat(" << literal{of.name + "/"}
         << ", coalesce(s.event_id, e.event_id)), c.name, c.stored, c.expected"
            " from stored s full join said e on e.event_id = s.event_id collate \"C\""
            " cross join lateral (values ";
    return text.join(", ", cells) << ") c(name, stored, expected)"
                                     " where c.stored collate \"C\" is distinct from c.expected collate \"C\""
                                     " order by 2, 3";
}

template <class IsMaker> statement list_of_names(std::span<const stream> streams, IsMaker is_maker) {
    std::vector<literal> names;
    for (const stream &each : streams)
        if (is_maker(each))
            names.emplace_back(each.name);
    return statement("array[").join(", ", names) << "]::text[]";
}

} // namespace

statement observation_differences(const stream &of, const observation_rule &rule) {
    return differences_of(of, observed_columns(of, rule), all_are_met(of, rule.when), "observation");
}

statement definition_differences(const stream &of, const stage_rule &rule) {
    const column_number id = rule.id;
    statement condition;
    condition << text_of(of, id) << " is not null";
    return differences_of(of, defined_columns(of, rule), condition, "stage_definition");
}

statement rows_without_stream(std::span<const stream> streams) {
    statement text;
    return text << "select 'no stream', concat(o.origin, '/', o.event_id), 'lead_id', o.lead_id, null::text"
                   " from observation o where o.origin <> all ("
                << list_of_names(streams, [](const stream &each) { return each.observes.has_value(); })
                << ") union all select 'no stream', concat(d.origin, '/', d.event_id), 'stage_id',"
                   " d.stage_id, null::text from stage_definition d where d.origin <> all ("
                << list_of_names(streams, [](const stream &each) { return each.defines.has_value(); })
                << ") order by 2";
}

} // namespace pgcrm
