// Internals that functions in SQL call before they touch an account's tables.
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"

namespace pgcrm {
namespace {

store::account_right right_named(std::string_view name) {
    if (name == "own")
        return store::account_right::own;
    if (name == "ingest")
        return store::account_right::ingest;
    if (name == "read")
        return store::account_right::read;
    if (name == "any")
        return store::account_right::any;
    throw pgcxx::error(ERRCODE_INVALID_PARAMETER_VALUE, "unknown right \"" + std::string(name) + "\"")
        .hint("Use own, ingest, read or any.");
}

void require_account(std::string_view name, std::string_view wanted) {
    store::use_account(name, right_named(wanted));
}

pgcxx::set_of<std::tuple<std::string>> usable_accounts() {
    pgcxx::set_of<std::tuple<std::string>> usable;
    for (std::string &name : store::usable_accounts(store::account_right::own))
        usable.rows.emplace_back(std::move(name));
    return usable;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_require_account, pgcrm::require_account);
PGCXX_FUNCTION(pgcrm_usable_accounts, pgcrm::usable_accounts);
