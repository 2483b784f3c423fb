// crm_account_adopt: a schema that was kept, or restored from a dump, is an account again.
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"
#include "store/bi_views.hpp"

namespace pgcrm {
namespace {

void account_adopt(std::string_view name) {
    store::check_name(name);
    store::lock_registry();
    if (!store::is_registered(name))
        store::register_account(name);
    store::use_account(name); // raises, and takes the registration back, unless it is the caller's
    store::make_bi_views();
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_adopt, pgcrm::account_adopt);
