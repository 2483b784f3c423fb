#include "store/marts/mart_tables.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <array>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;
using pgcxx::to_datum;

// A mart's table: its key, then its measures.
struct mart_table {
    std::string_view name;
    std::vector<pgcxx::wanted_column> keys;
    std::vector<pgcxx::wanted_column> measures; // the first is never 0 where another is not
};

mart_table funnel_table(std::string_view name, std::string_view part) {
    mart_table table{name, {{"month", DATEOID}, {"stage_id", TEXTOID}}, {}};
    if (!part.empty())
        table.keys.push_back({part, TEXTOID});
    for (const funnel_count &each : funnel_counts)
        table.measures.push_back({each.name, INT8OID});
    table.measures.push_back({"settled_seconds", NUMERICOID});
    return table;
}

mart_table amount_table() {
    return {"funnel_amount_monthly",
            {{"month", DATEOID}, {"stage_id", TEXTOID}, {"currency", TEXTOID}},
            {{"entries", INT8OID},
             {"first_entries", INT8OID},
             {"entry_amount", NUMERICOID},
             {"first_entry_amount", NUMERICOID}}};
}

void append(std::vector<NullableDatum> &row, const funnel_measures &measures) {
    for (const funnel_count &each : funnel_counts)
        row.push_back(to_datum(measures.*each.value));
    row.push_back({numeric_datum(seconds_text(measures.settled_microseconds)), false});
}

void append(std::vector<NullableDatum> &row, const amount_measures &measures) {
    row.push_back(to_datum(measures.entries));
    row.push_back(to_datum(measures.first_entries));
    row.push_back({numeric_datum(amount_text(measures.entry_hundredths)), false});
    row.push_back({numeric_datum(amount_text(measures.first_entry_hundredths)), false});
}

// The cells as one parameter, an array of the table's row type.
template <class Measures>
parameters rows_of(const account &of, const mart_table &table, const mart_cells<Measures> &cells) {
    std::vector<pgcxx::wanted_column> columns = table.keys;
    columns.insert(columns.end(), table.measures.begin(), table.measures.end());
    pgcxx::table_row_builder built(of.name, table.name, columns);
    built.reserve(cells.size());
    for (const auto &[cell, measures] : cells) {
        std::vector<NullableDatum> row{to_datum(to_server(cell.month)), to_datum(cell.stage_id)};
        if (table.keys.size() > 2)
            row.push_back(to_datum(cell.part));
        append(row, measures);
        built.add(row);
    }
    return parameters().add_typed(built.array(), built.array_type());
}

std::vector<statement> names(const std::vector<pgcxx::wanted_column> &columns, pgcxx::sql_literal before) {
    std::vector<statement> list;
    list.reserve(columns.size());
    for (const pgcxx::wanted_column &column : columns)
        list.push_back(statement() << before << identifier{column.name});
    return list;
}

statement upsert(const account &of, const mart_table &table) {
    std::vector<statement> sums;
    sums.reserve(table.measures.size());
    for (const pgcxx::wanted_column &column : table.measures) {
        const identifier name{column.name};
        sums.push_back(statement() << name << " = f." << name << " + excluded." << name);
    }
    statement text;
    text << "insert into " << table_of(of, table.name) << " as f (";
    text.join(", ", names(table.keys, "")) << ", ";
    text.join(", ", names(table.measures, "")) << ") select ";
    text.join(", ", names(table.keys, "r.")) << ", ";
    text.join(", ", names(table.measures, "r.")) << " from unnest($1) r on conflict (";
    text.join(", ", names(table.keys, "")) << ") do update set ";
    return text.join(", ", sums);
}

// An entry counts in every measure's cell: no entries, no cell.
statement removal(const account &of, const mart_table &table) {
    std::vector<statement> same;
    same.reserve(table.keys.size());
    for (const pgcxx::wanted_column &column : table.keys) {
        const identifier name{column.name};
        same.push_back(statement() << "f." << name << " = r." << name);
    }
    statement text;
    text << "delete from " << table_of(of, table.name) << " f using unnest($1) r where ";
    text.join(" and ", same) << " and f.entries = 0";
    return text;
}

template <class Measures>
std::int64_t add_cells(pgcxx::spi::session &sql, const account &of, const mart_table &table,
                       const mart_cells<Measures> &cells) {
    if (cells.empty())
        return 0;
    const parameters with = rows_of(of, table, cells);
    execute(sql, upsert(of, table), with);
    const auto loses_entries = [](const auto &cell) { return cell.second.entries < 0; };
    if (std::any_of(cells.begin(), cells.end(), loses_entries))
        planned_now(sql, removal(of, table), with).execute();
    return static_cast<std::int64_t>(cells.size());
}

} // namespace

std::int64_t add_to_marts(pgcxx::spi::session &sql, const account &of, const mart_sums &delta) {
    return add_cells(sql, of, funnel_table("funnel_monthly", ""), delta.funnel()) +
           add_cells(sql, of, funnel_table("funnel_monthly_by_owner", "owner"), delta.by_owner()) +
           add_cells(sql, of, amount_table(), delta.amounts());
}

void clear_marts(pgcxx::spi::session &sql, const account &of) {
    for (const std::string_view table :
         {"funnel_monthly", "funnel_monthly_by_owner", "funnel_amount_monthly"})
        sql.execute(statement() << "delete from " << table_of(of, table));
}

} // namespace pgcrm::store
