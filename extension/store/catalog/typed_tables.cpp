#include "store/catalog/typed_tables.hpp"

#include "store/rows/table_maker.hpp"

#include <map>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

bool is_key(const stream &of, std::size_t column_number) {
    for (const std::size_t part : of.key)
        if (part == column_number)
            return true;
    return false;
}

void make_typed_table(table_maker &tables, const stream &of) {
    statement columns;
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        const column &each = of.columns[i];
        columns << identifier{each.name} << " " << sql_type(each);
        if (each.is_required || each.from != column_origin::pointer || is_key(of, i))
            columns << " not null";
        columns << ", ";
    }
    columns << "constraint " << identifier{of.name + "_is_unique"} << " primary key (";
    for (std::size_t i = 0; i < of.key.size(); ++i) {
        if (i > 0)
            columns << ", ";
        columns << identifier{of.columns[of.key[i]].name};
    }
    columns << ")";
    tables.make(of.name, columns, "Events of stream " + of.name + ", as received");
}

// Events that are there have no value in it, so it can be null also where an event must have one.
void add_column(table_maker &tables, const stream &to, const column &added) {
    tables.alter(to.name, statement() << "add column " << identifier{added.name} << " " << sql_type(added));
}

[[noreturn]] void refuse_table(const account &of, const stream &each, const std::string &why) {
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "table \"" + of.name + "." + each.name + "\" does not fit the mapping of its stream")
        .detail(why)
        .hint("Columns can be added to a mapping, not changed. Give the stream another name, or mend the "
              "table.");
}

void check_key(pgcxx::spi::session &sql, const account &of, const stream &each) {
    std::vector<std::string> wanted;
    for (const std::size_t number : each.key)
        wanted.push_back(each.columns[number].name);
    const auto rows = sql.query<bool>(
        "select pg_catalog.array_agg(a.attname::text order by a.attname) = (select pg_catalog.array_agg(w "
        "order by"
        " w collate \"C\") from pg_catalog.unnest($2) w)"
        " from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid"
        " and a.attnum = any (i.indkey) where i.indrelid = pg_catalog.to_regclass($1) and i.indisprimary"
        " group by i.indrelid",
        table_of(of, each.name).text(), wanted);
    if (rows.size() != 1 || !std::get<0>(rows.front()))
        refuse_table(of, each, "Its primary key is not the key of the mapping.");
}

void fit_typed_table(pgcxx::spi::session &sql, table_maker &tables, const account &of, const stream &each) {
    std::map<std::string, std::string> present;
    for (const auto &[name, type] : sql.query<std::string, std::string>(
             "select a.attname::text, pg_catalog.format_type(a.atttypid, null) from pg_catalog.pg_attribute a"
             " where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped",
             table_of(of, each.name).text()))
        present.emplace(name, type == "timestamp with time zone" ? "timestamptz" : type);
    for (const column &wanted : each.columns) {
        const auto found = present.find(wanted.name);
        if (found == present.end())
            add_column(tables, each, wanted);
        else if (found->second != sql_type(wanted).text())
            refuse_table(of, each,
                         "Column \"" + wanted.name + "\" is " + found->second + ", not " +
                             sql_type(wanted).text() + ".");
    }
    check_key(sql, of, each);
}

} // namespace

statement sql_type(const column &of) {
    statement type;
    if (of.from == column_origin::body)
        return type << "jsonb";
    switch (of.type) {
    case column_type::bigint:
        return type << "bigint";
    case column_type::integer:
        return type << "integer";
    case column_type::boolean:
        return type << "boolean";
    case column_type::text:
        return type << "text";
    case column_type::numeric:
        return type << "numeric";
    case column_type::timestamptz:
        return type << "timestamptz";
    case column_type::date:
        return type << "date";
    }
    return type << "text";
}

void fit_typed_tables(const account &of, std::span<const stream> streams) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    for (const stream &each : streams)
        if (table_exists(of, each.name))
            fit_typed_table(sql, tables, of, each);
        else
            make_typed_table(tables, each);
}

} // namespace pgcrm::store
