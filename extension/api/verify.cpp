// crm_verify: what differs between the stored silver and gold and a recomputation by SQL.
#include "api/verify_query.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"

namespace pgcrm {
namespace {

// relation, key, column_name, stored, expected
using difference_row = std::tuple<std::string, std::string, std::string, std::optional<std::string>,
                                  std::optional<std::string>>;

pgcxx::set_of<difference_row> verify(std::string_view account) {
    const store::account of = store::use_account(account);
    const store::owner_scope as_owner(of, store::names::bare);
    pgcxx::spi::session sql;
    pgcxx::set_of<difference_row> differences;
    for (const auto &row : sql.query<std::string, std::string, std::string, std::optional<std::string>,
                                     std::optional<std::string>>(verify_query))
        differences.rows.push_back(row);
    return differences;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_verify, pgcrm::verify);
