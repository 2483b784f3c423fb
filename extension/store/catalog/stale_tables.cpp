#include "store/catalog/stale_tables.hpp"

#include "store/catalog/source.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

// Words for a table that is missing or for the columns that it lacks; empty when it has all.
std::string lack_of(pgcxx::spi::session &sql, const account &of, const stream &each) {
    if (!table_exists(of, each.name))
        return "table \"" + each.name + "\"";
    std::vector<std::string> present;
    for (const auto &[name] : sql.query<std::string>(
             "select a.attname::text from pg_catalog.pg_attribute a"
             " where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped",
             table_of(of, each.name).text()))
        present.push_back(name);
    std::string columns;
    for (const column &wanted : each.columns)
        if (std::find(present.begin(), present.end(), wanted.name) == present.end())
            columns += (columns.empty() ? "\"" : ", \"") + wanted.name + "\"";
    return columns.empty() ? std::string() : "columns " + columns + " of table \"" + each.name + "\"";
}

} // namespace

void check_has_stream_tables(const account &of) {
    const auto by = compiled_source(of.source);
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    std::string lacks;
    for (const stream &each : by->streams)
        if (const std::string lack = lack_of(sql, of, each); !lack.empty())
            lacks += (lacks.empty() ? "" : ", ") + lack;
    if (!lacks.empty())
        throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                           "the tables of account \"" + of.name + "\" are not up to date")
            .detail("It lacks " + lacks + ".")
            .hint("Let its owner run: select crm_account_upgrade(" + pgcxx::literal{of.name}.text() + ").");
}

} // namespace pgcrm::store
