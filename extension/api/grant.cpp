// crm_grant and crm_revoke: who else may ingest into an account or read it.
#include "pgcxx/pgcxx.hpp"
#include "store/bi_views.hpp"
#include "store/grants.hpp"

namespace pgcrm {
namespace {

void grant_right(std::string_view account, const pgcxx::object_name &role, std::string_view privilege) {
    store::lock_registry();
    const store::account of = store::use_account(account, store::account_right::own);
    store::restore_bi_views();
    store::grant(of, role.text, store::privilege_named(privilege));
}

void revoke_right(std::string_view account, const pgcxx::object_name &role, std::string_view privilege) {
    store::lock_registry();
    const store::account of = store::use_account(account, store::account_right::own);
    store::revoke(of, role.text, store::privilege_named(privilege));
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_grant, pgcrm::grant_right);
PGCXX_FUNCTION(pgcrm_revoke, pgcrm::revoke_right);
