// crm_secret_revoke: a secret ends, at once or when those who use it have had time to take another.
#include "pgcxx/pgcxx.hpp"
#include "store/account/gateways.hpp"
#include "store/account/secret_table.hpp"

namespace pgcrm {
namespace {

pgcxx::timestamptz secret_revoke(std::string_view account, std::int64_t secret_id, pgcxx::interval overlap) {
    const store::account of = store::use_account(account, store::account_right::own);
    const pgcxx::timestamptz valid_until = store::end_secret(of, secret_id, overlap);
    store::tell_gateways();
    return valid_until;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_secret_revoke, pgcrm::secret_revoke);
