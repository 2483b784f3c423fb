#include "store/rows/row_texts.hpp"

#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

statement name_in(pgcxx::sql_literal alias, std::string_view column) {
    statement name;
    if (!alias.view().empty())
        name << alias << ".";
    return name << identifier{column};
}

// A column as the core reads it: money in hundredths.
statement as_read(const pgcxx::wanted_column &column) {
    const statement name = name_in("t", column.name);
    return column.type == NUMERICOID ? statement() << "(" << name << " * 100)::bigint" : name;
}

} // namespace

statement list_of(std::span<const std::string_view> columns, pgcxx::sql_literal alias) {
    std::vector<statement> names;
    names.reserve(columns.size());
    for (const std::string_view column : columns)
        names.push_back(name_in(alias, column));
    return statement().join(", ", names);
}

statement same_in(std::span<const std::string_view> columns, pgcxx::sql_literal left,
                  pgcxx::sql_literal right) {
    std::vector<statement> pairs;
    pairs.reserve(columns.size());
    for (const std::string_view column : columns)
        pairs.push_back(statement() << name_in(left, column) << " = " << name_in(right, column));
    return statement().join(" and ", pairs);
}

row_texts::row_texts(std::span<const pgcxx::wanted_column> columns, std::size_t key_size) {
    std::vector<std::string_view> all;
    std::vector<statement> read;
    for (const pgcxx::wanted_column &column : columns) {
        all.push_back(column.name);
        read.push_back(as_read(column));
    }
    const std::span<const std::string_view> key = std::span(all).first(key_size);
    const std::span<const std::string_view> rest = std::span(all).subspan(key_size);
    (selection << "select ").join(", ", read);
    insertion << " (" << list_of(all, "") << ") select " << list_of(all, "r") << " from unnest($1) r";
    replacing << " on conflict (" << list_of(key, "") << ") do update set (" << list_of(rest, "")
              << ") = row(" << list_of(rest, "excluded") << ")";
    is_absent << list_of(key.first(1), "t") << " is null";
    same_key = same_in(key, "t", "r");
    unlike << "row(" << list_of(rest, "t") << ") is distinct from row(" << list_of(rest, "r") << ")";
}

} // namespace pgcrm::store
