// pgcrm.retry_stuck_leads, which crm_repair calls: the next refresh tries them again.
#include "pgcxx/pgcxx.hpp"
#include "store/refresh/stuck.hpp"

namespace pgcrm {
namespace {

std::int64_t retry_stuck_leads(std::string_view account) {
    const store::account of = store::use_account(account, store::account_right::own);
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    return store::mark_stuck_pending(sql, of);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_retry_stuck_leads, pgcrm::retry_stuck_leads);
