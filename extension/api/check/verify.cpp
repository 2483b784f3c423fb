// crm_verify: what differs between the stored silver and gold and a recomputation by SQL.
//
// Stays, stages, marts and what was reported of them are recomputed from the observations by one statement,
// which the build puts together from sql/rules; observations and definitions are compared with the events by
// one statement for each stream.
#include "api/check/event_differences.hpp"
#include "api/check/verify_query.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/catalog/source.hpp"
#include "store/marts/mart_tables.hpp"
#include "store/refresh/refresh.hpp"

namespace pgcrm {
namespace {

using pgcxx::statement;

// relation, key, column_name, stored, expected
using difference_row =
    std::tuple<std::string, std::string, std::string, std::optional<std::string>, std::optional<std::string>>;

void append(pgcxx::spi::session &sql, pgcxx::sql_text text, pgcxx::set_of<difference_row> &to) {
    for (const auto &row : sql.query<std::string, std::string, std::string, std::optional<std::string>,
                                     std::optional<std::string>>(text))
        to.rows.push_back(row);
}

// What stands in the account's own row and no rule follows from. A name that is not the schema's is another
// account's row; the rules of another engine count until the next refresh, as another time zone does.
statement own_row_differences(const store::account &of) {
    statement text;
    return text << "select 'account', a.account, v.column_name, v.stored, v.expected from account a"
                   " cross join lateral (values ('account', a.account, "
                << pgcxx::literal{of.name}
                << "), ('built_engine_version', a.built_engine_version::text, case when"
                   " a.built_engine_version is not null then '"
                << store::engine_version << "' end)) v(column_name, stored, expected)"
                << " where v.stored is distinct from v.expected";
}

pgcxx::set_of<difference_row> verify(std::string_view account) {
    const store::account of = store::use_account(account, store::account_right::read);
    const auto by = store::compiled_source(of.source);
    const store::owner_scope as_owner(of, store::names::bare);
    store::check_has_marts(of);
    pgcxx::spi::session sql;
    pgcxx::set_of<difference_row> differences;
    append(sql, verify_query, differences);
    append(sql, own_row_differences(of), differences);
    append(sql, rows_without_stream(by->streams), differences);
    for (const stream &each : by->streams) {
        if (each.observes)
            append(sql, observation_differences(each, *each.observes), differences);
        if (each.defines)
            append(sql, definition_differences(each, *each.defines), differences);
    }
    return differences;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_verify, pgcrm::verify);
