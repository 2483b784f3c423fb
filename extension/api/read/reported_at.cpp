// crm_reported_at: the numbers of a mart as they were reported at some time.
#include "core/marts/mart.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/marts/mart_tables.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

// month, cell, measure, value
using reported_row = std::tuple<pgcxx::date, std::string, std::string, std::string>;

std::string names_of_marts() {
    std::string names;
    for (const mart *each : marts())
        names += std::string(names.empty()            ? ""
                             : each == marts().back() ? " or "
                                                      : ", ") +
                 std::string(each->name);
    return names;
}

const mart &mart_named(std::string_view name) {
    if (const mart *found = find_mart(name))
        return *found;
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "there is no mart \"" + std::string(name) + "\"")
        .hint("Use " + names_of_marts() + ".");
}

std::vector<std::string_view> dated_measures(const mart &of) {
    std::vector<std::string_view> names;
    for (const measure_column &each : of.measures)
        if (each.is_dated)
            names.push_back(each.name);
    return names;
}

// What the key has beside the month, as restatement.cell has it.
statement cell_of(const mart &of) {
    std::vector<statement> parts;
    for (const key_column &each : of.key.subspan(1))
        if (each.type == key_type::date)
            parts.push_back(statement() << "to_char(c." << identifier{each.name} << ", 'YYYY-MM-DD')");
        else
            parts.push_back(statement() << "c." << identifier{each.name} << "::text");
    return statement("array[").join(", ", parts) << "]::text[]";
}

std::vector<std::string_view> names_of_parts(const mart &of) {
    std::vector<std::string_view> names;
    for (const key_column &each : of.key.subspan(1))
        names.push_back(each.name);
    return names;
}

// Every measure of every cell of now, one row each.
statement numbers_of_now(const mart &of) {
    std::vector<statement> values;
    for (const std::string_view name : dated_measures(of))
        values.push_back(statement() << "(" << literal{name} << ", c." << identifier{name} << "::numeric)");
    statement text;
    text << "select c." << identifier{of.key.front().name} << " as month, " << cell_of(of)
         << R"( collate "C" as cell, v.measure collate "C" as measure, v.value from )" << identifier{of.name}
         << " c cross join lateral (values ";
    return text.join(", ", values) << ") v(measure, value)";
}

// The numbers of now without what later runs have changed. Numbers that were 0 then have no row.
statement reported_query(const mart &of) {
    statement text;
    text << "with known as (select max(r.run_id) as run_id from refresh_run r where r.ended_at <= $1),"
            " months as (select max(p.through_month) as through from reported p, known k"
            " where p.reported_at <= $1 and p.run_id <= coalesce(k.run_id, 0)),"
            " parts as (select n.month, n.cell, n.measure, n.value from ("
         << numbers_of_now(of)
         << ") n union all select t.month, t.cell, t.measure, -t.delta from restatement t, known k"
            " where t.mart = "
         << literal{of.name}
         << " and t.run_id > coalesce(k.run_id, 0))"
            " select p.month, jsonb_object($3, p.cell)::text, p.measure, sum(p.value)::text from parts p, "
            "months m"
            " where p.month <= m.through and p.measure = any ($2)"
            " group by p.month, p.cell, p.measure having sum(p.value) <> 0 order by p.month, p.cell, "
            "p.measure";
    return text;
}

pgcxx::set_of<reported_row> reported_at(std::string_view account, std::string_view mart_name,
                                        pgcxx::timestamptz at) {
    const mart &of_mart = mart_named(mart_name);
    const store::account of = store::use_account(account, store::account_right::read);
    const store::owner_scope as_owner(of, store::names::bare);
    store::check_has_mart(of, of_mart);
    pgcxx::spi::session sql;
    pgcxx::set_of<reported_row> rows;
    for (const auto &row : sql.query<pgcxx::date, std::string, std::string, std::string>(
             reported_query(of_mart), at, dated_measures(of_mart), names_of_parts(of_mart)))
        rows.rows.push_back(row);
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_reported_at, pgcrm::reported_at);
