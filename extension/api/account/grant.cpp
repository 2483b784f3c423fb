// crm_grant and crm_revoke: who else may ingest into an account or read it.
#include "pgcxx/pgcxx.hpp"
#include "store/account/gateways.hpp"
#include "store/account/grants.hpp"

namespace pgcrm {
namespace {

void tell_of(store::privilege what) {
    if (what == store::privilege::ingest)
        store::tell_gateways();
}

void grant_right(std::string_view account, const pgcxx::object_name &role, std::string_view privilege) {
    store::lock_registry();
    const store::account of = store::use_account(account, store::account_right::own);
    const store::privilege what = store::privilege_named(privilege);
    store::grant(of, role.text, what);
    tell_of(what);
}

void revoke_right(std::string_view account, const pgcxx::object_name &role, std::string_view privilege) {
    store::lock_registry();
    const store::account of = store::use_account(account, store::account_right::own);
    const store::privilege what = store::privilege_named(privilege);
    store::revoke(of, role.text, what);
    tell_of(what);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_grant, pgcrm::grant_right);
PGCXX_FUNCTION(pgcrm_revoke, pgcrm::revoke_right);
