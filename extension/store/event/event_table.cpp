#include "store/event/event_table.hpp"

#include "store/event/event_rows.hpp"

#include <algorithm>
#include <string>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

statement key_part_expression(const stream &kind, std::size_t number, pgcxx::sql_literal alias) {
    const identifier name{kind.columns[number].name};
    statement text;
    switch (kind.columns[number].type) {
    case column_type::text:
        return text << alias << "." << name;
    case column_type::timestamptz:
        return text << "(extract(epoch from " << alias << "." << name << ") * 1000000)::bigint::text";
    case column_type::date:
        return text << "(" << alias << "." << name << " - date '1970-01-01')::text";
    default:
        return text << alias << "." << name << "::text";
    }
}

// Read whole by the server's parser, as it was when the source was compiled.
pgcxx::expression expression_of(const rule &of) { return pgcxx::expression::parse(of.check).value(); }

// For each rule that speaks of none of these columns, what it says of the row r, or null.
std::vector<statement> problems_of_rules(const stream &kind, std::span<const std::size_t> without) {
    std::vector<statement> problems;
    for (const rule &each : kind.rules) {
        const pgcxx::expression check = expression_of(each);
        if (std::any_of(without.begin(), without.end(),
                        [&](std::size_t number) { return check.names(kind.columns[number].name); }))
            continue;
        statement problem;
        problem << "case when not " << check << " then " << literal{each.problem} << " end";
        problems.push_back(problem);
    }
    return problems;
}

// The rows of $1 that break rules, by their number in it, with what each rule says of them.
statement rules_statement(const std::vector<statement> &problems) {
    statement text;
    text << "select c.number, c.problems from (select row_number() over () as number, array_remove(array["
         << statement().join(", ", problems)
         << "]::text[], null) as problems from unnest($1) r) c where cardinality(c.problems) > 0";
    return text;
}

statement insert_statement(const account &of, const stream &kind) {
    statement text;
    text << "insert into " << table_of(of, kind.name) << " as t (" << names_of(kind, all_columns(kind))
         << ") select " << columns_of(kind, all_columns(kind), "r") << " from unnest($1) r on conflict ("
         << names_of(kind, kind.key) << ") do nothing returning " << key_expression(kind, "t");
    return text;
}

} // namespace

// A text as it is, anything else as its number; of more than one part each with its length, so that no two
// keys look alike.
std::string key_text(const stream &kind, std::span<const cell> cells) {
    std::string text;
    for (const std::size_t part : kind.key) {
        const cell &value = cells[part];
        const std::string own = kind.columns[part].type == column_type::text ? std::string(value.text)
                                                                             : std::to_string(value.number);
        if (kind.key.size() > 1)
            text += std::to_string(own.size()) + ":";
        text += own;
    }
    return text;
}

statement key_expression(const stream &kind, pgcxx::sql_literal alias) {
    if (kind.key.size() == 1)
        return key_part_expression(kind, kind.key.front(), alias);
    statement text;
    text << "concat(";
    for (std::size_t i = 0; i < kind.key.size(); ++i) {
        const statement part = key_part_expression(kind, kind.key[i], alias);
        if (i > 0)
            text << ", ";
        text << "octet_length(" << part << "), ':', " << part;
    }
    return text << ")";
}

void refuse_changed_key(const stream &kind, std::string_view key) {
    throw pgcxx::error(ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION,
                       "an event of stream \"" + kind.name + "\" was stored under another key")
        .detail("A trigger on the table has changed it to \"" + std::string(key) + "\".");
}

void refuse_another_key(const stream &kind) {
    throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                       "events of stream \"" + kind.name + "\" have another key by its mapping of now")
        .hint("Nothing was changed. Give the stream another name, and send the events in again.");
}

std::vector<broken_rules> rows_that_break_rules(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, std::span<const event_row> rows,
                                                std::span<const std::size_t> without) {
    std::vector<broken_rules> broken;
    if (kind.rules.empty() || rows.empty())
        return broken;
    const std::vector<statement> problems_told = problems_of_rules(kind, without);
    if (problems_told.empty())
        return broken;
    const parameters with = rows_of(of, kind, all_columns(kind), in_order_given(rows));
    for (const auto &[position, problems] :
         query<std::int64_t, pgcxx::array_of<std::string_view>>(sql, rules_statement(problems_told), with)) {
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
    for (const auto &row_stored :
         query<std::string_view>(sql, insert_statement(of, kind), with, planning::once)) {
        const std::string_view key = std::get<0>(row_stored);
        // rows come back in the order in which they went in, without those whose key was taken
        next = std::find_if(next, ordered.end(),
                            [&](const event_row *row) { return key_text(kind, row->cells) == key; });
        if (next == ordered.end())
            refuse_changed_key(kind, key);
        stored.push_back((*next++)->number);
    }
    return stored;
}

std::uint64_t rewrite_columns(pgcxx::spi::session &sql, const account &of, const stream &kind,
                              std::span<const event_row> rows) {
    const std::vector<std::size_t> columns = sent_columns(kind);
    const parameters with = rows_of(of, kind, columns, in_key_order(kind, rows));
    const identifier table = table_of(of, kind.name);
    statement text;
    text << "update " << table << " t set (" << names_of(kind, columns) << ") = row("
         << columns_of(kind, columns, "r") << ") from unnest($1) r where " << same_key(kind, "r")
         << " and row(" << columns_of(kind, columns, "t") << ") is distinct from row("
         << columns_of(kind, columns, "r") << ")";
    return planned_now(sql, text, with).execute();
}

} // namespace pgcrm::store
