// Internals that functions in SQL call before they touch an account's tables.
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"

namespace pgcrm {
namespace {

void require_account(std::string_view name) { store::use_account(name); }

pgcxx::set_of<std::tuple<std::string>> usable_accounts() {
    pgcxx::set_of<std::tuple<std::string>> usable;
    for (std::string &name : store::usable_accounts())
        usable.rows.emplace_back(std::move(name));
    return usable;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_require_account, pgcrm::require_account);
PGCXX_FUNCTION(pgcrm_usable_accounts, pgcrm::usable_accounts);
