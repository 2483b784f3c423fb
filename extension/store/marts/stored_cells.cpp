#include "store/marts/stored_cells.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;
using pgcxx::to_datum;

Oid type_of(key_type type) {
    return type == key_type::date ? DATEOID : type == key_type::integer ? INT8OID : TEXTOID;
}

Oid type_of(measure_type type) { return type == measure_type::bigint ? INT8OID : NUMERICOID; }

std::vector<pgcxx::wanted_column> key_of(const mart &of) {
    std::vector<pgcxx::wanted_column> columns;
    for (const key_column &each : of.key)
        columns.push_back({each.name, type_of(each.type)});
    return columns;
}

std::vector<pgcxx::wanted_column> measures_of(const mart &of) {
    std::vector<pgcxx::wanted_column> columns;
    for (const measure_column &each : of.measures)
        columns.push_back({each.name, type_of(each.type)});
    return columns;
}

struct to_server_value {
    NullableDatum operator()(std::int64_t value) const { return to_datum(value); }
    NullableDatum operator()(day value) const { return to_datum(to_server(value)); }
    NullableDatum operator()(std::string_view value) const { return to_datum(value); }
    NullableDatum operator()(const decimal &value) const { return {numeric_datum(to_text(value)), false}; }
};

// Cells as one parameter, an array of the table's row type.
class cell_parameter {
public:
    explicit cell_parameter(const account &of, const mart &to) : rows_(of.name, to.name, columns_of(to)) {}

    void add(const cell_row &cell) {
        row_.clear();
        for (const auto &values : {cell.key, cell.measures})
            for (const cell_value &each : values)
                row_.push_back(std::visit(to_server_value(), each));
        rows_.add(row_);
    }

    bool is_empty() const noexcept { return rows_.size() == 0; }
    parameters value() { return parameters().add_typed(rows_.array(), rows_.array_type()); }

private:
    static std::vector<pgcxx::wanted_column> columns_of(const mart &of) {
        std::vector<pgcxx::wanted_column> columns = key_of(of);
        const std::vector<pgcxx::wanted_column> measures = measures_of(of);
        columns.insert(columns.end(), measures.begin(), measures.end());
        return columns;
    }

    pgcxx::table_row_builder rows_;
    std::vector<NullableDatum> row_; // kept for its memory
};

std::vector<statement> names(const std::vector<pgcxx::wanted_column> &columns, pgcxx::sql_literal before) {
    std::vector<statement> list;
    list.reserve(columns.size());
    for (const pgcxx::wanted_column &column : columns)
        list.push_back(statement() << before << identifier{column.name});
    return list;
}

statement upsert(const account &of, const mart &to) {
    const std::vector<pgcxx::wanted_column> key = key_of(to), measures = measures_of(to);
    std::vector<statement> sums;
    sums.reserve(measures.size());
    for (const pgcxx::wanted_column &column : measures) {
        const identifier name{column.name};
        sums.push_back(statement() << name << " = f." << name << " + excluded." << name);
    }
    statement text;
    text << "insert into " << table_of(of, to.name) << " as f (";
    text.join(", ", names(key, "")) << ", ";
    text.join(", ", names(measures, "")) << ") select ";
    text.join(", ", names(key, "r.")) << ", ";
    text.join(", ", names(measures, "r.")) << " from unnest($1) r on conflict (";
    text.join(", ", names(key, "")) << ") do update set ";
    return text.join(", ", sums);
}

// A cell without anything in it is no cell.
statement removal(const account &of, const mart &from) {
    std::vector<statement> conditions;
    for (const key_column &column : from.key) {
        const identifier name{column.name};
        conditions.push_back(statement() << "f." << name << " = r." << name);
    }
    for (const measure_column &column : from.measures)
        conditions.push_back(statement() << "f." << identifier{column.name} << " = 0");
    statement text;
    text << "delete from " << table_of(of, from.name) << " f using unnest($1) r where ";
    return text.join(" and ", conditions);
}

std::int64_t add_cells(pgcxx::spi::session &sql, const account &of, const mart_cells &cells) {
    if (cells.size() == 0)
        return 0;
    cell_parameter all(of, cells.of()), perhaps_empty(of, cells.of());
    cells.for_each([&](const cell_row &cell) {
        all.add(cell);
        if (may_leave_nothing(cell))
            perhaps_empty.add(cell);
    });
    execute(sql, upsert(of, cells.of()), all.value());
    if (!perhaps_empty.is_empty())
        planned_now(sql, removal(of, cells.of()), perhaps_empty.value()).execute();
    return static_cast<std::int64_t>(cells.size());
}

} // namespace

std::int64_t add_to_marts(pgcxx::spi::session &sql, const account &of, const mart_sums &delta) {
    std::int64_t changed = 0;
    for (const auto &cells : delta.all())
        changed += add_cells(sql, of, *cells);
    return changed;
}

void clear_marts(pgcxx::spi::session &sql, const account &of) {
    for (const mart *each : marts())
        sql.execute(statement() << "delete from " << table_of(of, each->name));
}

} // namespace pgcrm::store
