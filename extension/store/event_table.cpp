#include "store/event_table.hpp"

#include "store/numeric.hpp"
#include "store/prepared.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

template <class T, class Read>
std::vector<std::optional<T>> values_of(std::span<const event_row> rows, std::size_t column_number,
                                        Read read) {
    std::vector<std::optional<T>> values;
    values.reserve(rows.size());
    for (const event_row &row : rows) {
        const cell &each = row.cells[column_number];
        values.push_back(each.is == presence::value ? std::optional<T>(read(each)) : std::nullopt);
    }
    return values;
}

void add_column(parameters &to, std::span<const event_row> rows, std::size_t number, column_type type) {
    switch (type) {
    case column_type::bigint:
        to.add(values_of<std::int64_t>(rows, number, [](const cell &c) { return c.number; }));
        return;
    case column_type::integer:
        to.add(values_of<std::int32_t>(rows, number,
                                       [](const cell &c) { return static_cast<std::int32_t>(c.number); }));
        return;
    case column_type::boolean:
        to.add(values_of<bool>(rows, number, [](const cell &c) { return c.number != 0; }));
        return;
    case column_type::text:
        to.add(values_of<std::string_view>(rows, number, [](const cell &c) { return c.text; }));
        return;
    case column_type::numeric:
        to.add(values_of<pgcxx::numeric_text>(
            rows, number, [](const cell &c) { return pgcxx::numeric_text{std::string(c.text)}; }));
        return;
    case column_type::timestamptz:
        to.add(values_of<pgcxx::timestamptz>(
            rows, number, [](const cell &c) { return pgcxx::timestamptz::from_unix_micros(c.number); }));
        return;
    case column_type::date:
        to.add(values_of<pgcxx::date>(rows, number, [](const cell &c) {
            return pgcxx::date::from_unix_days(static_cast<std::int32_t>(c.number));
        }));
        return;
    }
}

void add_bodies(parameters &to, std::span<const event_row> rows) {
    std::vector<std::string_view> bodies;
    bodies.reserve(rows.size());
    for (const event_row &row : rows)
        bodies.push_back(row.body);
    to.add(bodies);
}

// The columns that come from a pointer, by number.
std::vector<std::size_t> sent_columns(const stream &kind) {
    std::vector<std::size_t> sent;
    for (std::size_t i = 0; i < kind.columns.size(); ++i)
        if (kind.columns[i].from == column_origin::pointer)
            sent.push_back(i);
    return sent;
}

// `unnest($1, $2, ...) with ordinality`: a row for each event, its columns named by the
// stream's, then pgcrm_body and pgcrm_row.
statement sent_rows(const stream &kind, const std::vector<std::size_t> &columns) {
    statement call, names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        call << "$" << static_cast<std::int64_t>(i + 1) << ", ";
        names << identifier{kind.columns[columns[i]].name} << ", ";
    }
    call << "$" << static_cast<std::int64_t>(columns.size() + 1);
    names << R"("pgcrm$body", "pgcrm$row")";
    statement text;
    text << "unnest(" << call << ") with ordinality u(" << names << ")";
    return text;
}

statement key_list(const stream &kind) {
    statement text;
    for (std::size_t i = 0; i < kind.key.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << identifier{kind.columns[kind.key[i]].name};
    }
    return text;
}

statement stored_key(const stream &kind) {
    statement text;
    for (std::size_t i = 0; i < kind.key.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << "t." << identifier{kind.columns[kind.key[i]].name};
    }
    return text;
}

statement column_list(const stream &kind) {
    statement text;
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << identifier{kind.columns[i].name};
    }
    return text;
}

// What each column of the table is filled with, from rows called `alias`; `arrival` is the number of that
// parameter.
statement source_list(const stream &kind, std::size_t arrival, pgcxx::sql_literal alias) {
    statement text;
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        if (i > 0)
            text << ", ";
        const column &each = kind.columns[i];
        if (each.from == column_origin::body)
            text << alias << R"(."pgcrm$body"::jsonb)";
        else if (each.from == column_origin::arrival)
            text << "$" << static_cast<std::int64_t>(arrival);
        else
            text << alias << "." << identifier{each.name};
    }
    return text;
}

statement path_literal(const json_pointer &path) {
    statement text;
    text << "array[";
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << literal{path[i]};
    }
    text << "]::text[]";
    return text;
}

// Name of the column that holds the whole body; empty when the stream keeps none.
std::string_view body_column(const stream &kind) {
    for (const column &each : kind.columns)
        if (each.from == column_origin::body)
            return each.name;
    return {};
}

statement difference(const stream &kind, std::string_view body) {
    statement text;
    const std::vector<json_pointer> whole{json_pointer{}};
    const std::vector<json_pointer> &parts = kind.same.empty() ? whole : kind.same;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text << " or ";
        const statement path = path_literal(parts[i]);
        text << "(t." << identifier{body} << " #> " << path
             << R"() is distinct from (u."pgcrm$body"::jsonb #> )" << path << ")";
    }
    return text;
}

statement same_key(const stream &kind, pgcxx::sql_literal alias) {
    statement text;
    for (std::size_t i = 0; i < kind.key.size(); ++i) {
        if (i > 0)
            text << " and ";
        const identifier name{kind.columns[kind.key[i]].name};
        text << "t." << name << " = " << alias << "." << name;
    }
    return text;
}

parameters all_parameters(const stream &kind, const std::vector<std::size_t> &columns, const event_row &row) {
    const std::span<const event_row> rows(&row, 1);
    parameters with;
    for (const std::size_t number : columns)
        add_column(with, rows, number, kind.columns[number].type);
    add_bodies(with, rows);
    with.add(row.received_at);
    return with;
}

// sha256 of what an event means; `body` is an expression of type jsonb.
statement digest_of_meaning(const stream &kind, const statement &body) {
    statement text;
    text << "sha256(convert_to(concat_ws(E'\\n'";
    const std::vector<json_pointer> whole{json_pointer{}};
    for (const json_pointer &part : kind.same.empty() ? whole : kind.same)
        text << ", " << body << " #> " << path_literal(part);
    text << "), 'UTF8'))";
    return text;
}

// Column `number` of the row called `alias`.
statement column_of(const stream &kind, pgcxx::sql_literal alias, std::size_t number) {
    statement text;
    text << alias << "." << identifier{kind.columns[number].name};
    return text;
}

// What decides between two events of one key: first the time, then the digest.
statement rank(const stream &kind, pgcxx::sql_literal alias, const statement &body) {
    statement text;
    text << "(";
    if (kind.observes)
        text << column_of(kind, alias, kind.observes->at) << ", ";
    text << digest_of_meaning(kind, body) << ")";
    return text;
}

// Whether the event sent takes the place of the stored one.
statement newcomer_wins(const stream &kind, const statement &sent, const statement &stored) {
    statement text;
    if (kind.on_duplicate == duplicate_policy::replace)
        return text << "true";
    if (kind.on_duplicate == duplicate_policy::keep || !kind.newer_by)
        return text << "row" << rank(kind, "u", sent) << " > row" << rank(kind, "t", stored);
    const statement now = column_of(kind, "u", *kind.newer_by);
    const statement before = column_of(kind, "t", *kind.newer_by);
    return text << "coalesce(" << now << " > " << before << ", " << now << " is not null and " << before
                << " is null) or (" << now << " is not distinct from " << before << " and "
                << digest_of_meaning(kind, sent) << " > " << digest_of_meaning(kind, stored) << ")";
}

// One row when the event sent means something else than the stored one, which is locked: whether it
// wins, both bodies, the lead of the stored one. The arrival is compared with nothing, but is a parameter.
statement contest_statement(const account &of, const stream &kind, const std::vector<std::size_t> &columns) {
    statement stored, sent, lead, text;
    stored << "t." << identifier{body_column(kind)};
    sent << R"(u."pgcrm$body"::jsonb)";
    if (kind.observes)
        lead << column_of(kind, "t", kind.observes->lead) << "::text";
    else
        lead << "null::text";
    text << "select " << newcomer_wins(kind, sent, stored) << ", " << stored << "::text, " << sent
         << "::text, " << lead << " from " << sent_rows(kind, columns) << " join " << table_of(of, kind.name)
         << " t on " << same_key(kind, "u") << " where (" << difference(kind, body_column(kind)) << ") and $"
         << columns.size() + 2 << "::timestamptz is not null for update of t";
    return text;
}

statement replace_statement(const account &of, const stream &kind, const std::vector<std::size_t> &columns) {
    statement text;
    text << "update " << table_of(of, kind.name) << " t set (" << column_list(kind) << ") = row("
         << source_list(kind, columns.size() + 2, "u") << ") from " << sent_rows(kind, columns) << " where "
         << same_key(kind, "u");
    return text;
}

Oid type_of(const column &each) {
    if (each.from == column_origin::body)
        return JSONBOID;
    switch (each.type) {
    case column_type::bigint:
        return INT8OID;
    case column_type::integer:
        return INT4OID;
    case column_type::boolean:
        return BOOLOID;
    case column_type::text:
        return TEXTOID;
    case column_type::numeric:
        return NUMERICOID;
    case column_type::timestamptz:
        return TIMESTAMPTZOID;
    case column_type::date:
        return DATEOID;
    }
    return InvalidOid;
}

std::vector<std::size_t> all_columns(const stream &kind) {
    std::vector<std::size_t> all(kind.columns.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

Datum value_of(const cell &value, column_type type) {
    switch (type) {
    case column_type::bigint:
        return pgcxx::to_datum(value.number).value;
    case column_type::integer:
        return pgcxx::to_datum(static_cast<std::int32_t>(value.number)).value;
    case column_type::boolean:
        return pgcxx::to_datum(value.number != 0).value;
    case column_type::text:
        return pgcxx::to_datum(value.text).value;
    case column_type::numeric:
        return numeric_datum(value.text);
    case column_type::timestamptz:
        return pgcxx::to_datum(pgcxx::timestamptz::from_unix_micros(value.number)).value;
    case column_type::date:
        return pgcxx::to_datum(pgcxx::date::from_unix_days(static_cast<std::int32_t>(value.number))).value;
    }
    return Datum(0);
}

NullableDatum value_of(const column &each, const cell &value, const event_row &row, Datum body) {
    if (each.from == column_origin::body)
        return {body, false};
    if (each.from == column_origin::arrival)
        return pgcxx::to_datum(row.received_at);
    if (value.is != presence::value)
        return {Datum(0), true};
    return {value_of(value, each.type), false};
}

// The rows as one parameter, of some columns.
parameters rows_of(const account &of, const stream &kind, const std::vector<std::size_t> &columns,
                   const std::vector<const event_row *> &rows) {
    std::vector<pgcxx::wanted_column> wanted;
    wanted.reserve(columns.size());
    for (const std::size_t number : columns)
        wanted.push_back({kind.columns[number].name, type_of(kind.columns[number])});
    pgcxx::table_row_builder built(of.name, kind.name, wanted);
    built.reserve(rows.size());
    std::vector<NullableDatum> values(columns.size());
    for (const event_row *row : rows) {
        const Datum body = row->image.empty() ? Datum(0) : pgcxx::compressed(pgcxx::image_datum(row->image));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = value_of(kind.columns[columns[i]], row->cells[columns[i]], *row, body);
        built.add(values);
    }
    return parameters().add_typed(built.array(), built.array_type());
}

bool is_text(const stream &kind, std::size_t column_number) {
    return kind.columns[column_number].type == column_type::text;
}

// Any order will do that is the same in all batches.
std::vector<const event_row *> in_key_order(const stream &kind, std::span<const event_row> rows) {
    std::vector<const event_row *> ordered;
    ordered.reserve(rows.size());
    for (const event_row &row : rows)
        ordered.push_back(&row);
    std::sort(ordered.begin(), ordered.end(), [&kind](const event_row *a, const event_row *b) {
        for (const std::size_t part : kind.key) {
            const cell &left = a->cells[part];
            const cell &right = b->cells[part];
            if (is_text(kind, part) ? left.text != right.text : left.number != right.number)
                return is_text(kind, part) ? left.text < right.text : left.number < right.number;
        }
        return false;
    });
    return ordered;
}

// A row's key as key_expression() tells it: a text as it is, anything else as its number; of more than one
// part each with its length, so that no two keys look alike.
std::string key_text(const stream &kind, const event_row &row) {
    std::string text;
    for (const std::size_t part : kind.key) {
        const cell &value = row.cells[part];
        const std::string own = is_text(kind, part) ? std::string(value.text) : std::to_string(value.number);
        if (kind.key.size() > 1)
            text += std::to_string(own.size()) + ":";
        text += own;
    }
    return text;
}

statement key_part_expression(const stream &kind, std::size_t number) {
    const identifier name{kind.columns[number].name};
    statement text;
    switch (kind.columns[number].type) {
    case column_type::text:
        return text << name;
    case column_type::timestamptz:
        return text << "(extract(epoch from " << name << ") * 1000000)::bigint::text";
    case column_type::date:
        return text << "(" << name << " - date '1970-01-01')::text";
    default:
        return text << name << "::text";
    }
}

statement key_expression(const stream &kind) {
    if (kind.key.size() == 1)
        return key_part_expression(kind, kind.key.front());
    statement text;
    text << "concat(";
    for (std::size_t i = 0; i < kind.key.size(); ++i) {
        const statement part = key_part_expression(kind, kind.key[i]);
        if (i > 0)
            text << ", ";
        text << "octet_length(" << part << "), ':', " << part;
    }
    return text << ")";
}

// "r"."a", "r"."b"
statement list_of(const stream &kind, const std::vector<std::size_t> &columns, pgcxx::sql_literal alias) {
    std::vector<statement> names;
    names.reserve(columns.size());
    for (const std::size_t number : columns)
        names.push_back(column_of(kind, alias, number));
    return statement().join(", ", names);
}

// The rows of $1 that break rules, by their number in it, with what each rule says of them.
statement rules_statement(const stream &kind) {
    std::vector<statement> problems;
    problems.reserve(kind.rules.size());
    for (const rule &each : kind.rules) {
        statement problem;
        problem << "case when not " << pgcxx::foreign_expression(each.check) << " then "
                << literal{each.problem} << " end";
        problems.push_back(problem);
    }
    statement text;
    text << "select c.number, c.problems from (select row_number() over () as number, array_remove(array["
         << statement().join(", ", problems)
         << "]::text[], null) as problems from unnest($1) r) c where cardinality(c.problems) > 0";
    return text;
}

statement insert_statement(const account &of, const stream &kind) {
    statement text;
    text << "insert into " << table_of(of, kind.name) << " (" << column_list(kind) << ") select "
         << list_of(kind, all_columns(kind), "r") << " from unnest($1) r on conflict (" << key_list(kind)
         << ") do nothing returning " << key_expression(kind);
    return text;
}

std::vector<std::size_t> numbers_of(const pgcxx::spi::rows<std::int64_t> &found,
                                    std::span<const event_row> rows) {
    std::vector<std::size_t> numbers;
    for (const auto &[position] : found)
        numbers.push_back(rows[static_cast<std::size_t>(position - 1)].number);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

} // namespace

std::vector<broken_rules> rows_that_break_rules(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, std::span<const event_row> rows) {
    std::vector<broken_rules> broken;
    if (kind.rules.empty() || rows.empty())
        return broken;
    std::vector<const event_row *> in_order;
    in_order.reserve(rows.size());
    for (const event_row &row : rows)
        in_order.push_back(&row);
    const parameters with = rows_of(of, kind, all_columns(kind), in_order);
    for (const auto &[position, problems] :
         query<std::int64_t, pgcxx::array_of<std::string_view>>(sql, rules_statement(kind), with)) {
        broken.push_back({rows[static_cast<std::size_t>(position - 1)].number, {}});
        for (const auto &problem : problems)
            broken.back().problems.emplace_back(problem.value_or(""));
    }
    return broken;
}

std::vector<std::size_t> insert_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                       std::span<const event_row> rows) {
    const std::vector<const event_row *> ordered = in_key_order(kind, rows);
    const parameters with = rows_of(of, kind, all_columns(kind), ordered);
    std::vector<std::size_t> stored;
    auto next = ordered.begin();
    for (const auto &row_stored : query<std::string_view>(sql, insert_statement(of, kind), with)) {
        const std::string_view key = std::get<0>(row_stored);
        // rows come back in the order in which they went in, without those whose key was taken
        next = std::find_if(next, ordered.end(),
                            [&](const event_row *row) { return key_text(kind, *row) == key; });
        if (next == ordered.end())
            throw pgcxx::error(ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION,
                               "an event of stream \"" + kind.name + "\" was stored under another key")
                .detail("A trigger or a rule on the table has changed it to \"" + std::string(key) + "\".");
        stored.push_back((*next++)->number);
    }
    return stored;
}

std::uint64_t rewrite_columns(pgcxx::spi::session &sql, const account &of, const stream &kind,
                              std::span<const event_row> rows) {
    const std::vector<std::size_t> columns = sent_columns(kind);
    const parameters with = rows_of(of, kind, columns, in_key_order(kind, rows));
    const identifier table = table_of(of, kind.name);
    statement find;
    find << "select count(*) from unnest($1) r join " << table << " t on " << same_key(kind, "r");
    planned_now found(sql, find, with);
    if (std::get<0>(found.query<std::int64_t>().front()) != static_cast<std::int64_t>(rows.size()))
        throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                           "events of stream \"" + kind.name + "\" have another key by its mapping of now")
            .hint("Nothing was changed. Give the stream another name, and send the events in again.");
    statement names;
    for (const std::size_t number : columns)
        names << (names.empty() ? pgcxx::sql_literal("") : pgcxx::sql_literal(", "))
              << identifier{kind.columns[number].name};
    statement text;
    text << "update " << table << " t set (" << names << ") = row(" << list_of(kind, columns, "r")
         << ") from unnest($1) r where " << same_key(kind, "r") << " and row(" << list_of(kind, columns, "t")
         << ") is distinct from row(" << list_of(kind, columns, "r") << ")";
    return planned_now(sql, text, with).execute();
}

std::vector<std::size_t> conflicting_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                            std::span<const event_row> rows) {
    const std::string_view body = body_column(kind);
    if (rows.empty() || body.empty())
        return {};
    parameters with;
    for (const std::size_t number : kind.key)
        add_column(with, rows, number, kind.columns[number].type);
    add_bodies(with, rows);
    statement text;
    text << R"(select u."pgcrm$row" from )" << sent_rows(kind, kind.key) << " join "
         << table_of(of, kind.name) << " t on " << same_key(kind, "u") << " where " << difference(kind, body)
         << " order by " << stored_key(kind) << " for update of t";
    planned_now look_up(sql, text, with);
    return numbers_of(look_up.query<std::int64_t>(), rows);
}

std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row) {
    const std::vector<std::size_t> columns = sent_columns(kind);
    const parameters with = all_parameters(kind, columns, row);
    std::optional<settled_conflict> settled;
    {
        planned_now contest(sql, contest_statement(of, kind, columns), with);
        const auto rows = contest.query<bool, std::string, std::string, std::optional<std::string>>();
        if (rows.empty())
            return std::nullopt;
        const auto [newcomer_wins, stored, sent, lead] = rows.front();
        settled = settled_conflict{newcomer_wins, newcomer_wins ? stored : sent, lead.value_or("")};
    }
    if (settled->newcomer_wins)
        planned_now(sql, replace_statement(of, kind, columns), with).execute();
    return settled;
}

} // namespace pgcrm::store
