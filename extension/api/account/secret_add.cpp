// crm_secret_add: a new secret for those who post events of an account to the gateway. Its text is made here,
// returned once, and is in no statement, so in no log.
#include "core/text/secret.hpp"
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/gateways.hpp"
#include "store/account/secret_table.hpp"

namespace pgcrm {
namespace {

// secret_id, secret
using new_secret = std::tuple<std::int64_t, std::string>;

new_secret secret_add(std::optional<std::string_view> account, std::optional<std::string_view> note) {
    const store::account of =
        store::use_account(pgcxx::required(account, "account"), store::account_right::own);
    std::string secret = secret_text(pgcxx::random_bytes<std::tuple_size_v<secret_bits>>());
    const std::int64_t secret_id = store::add_secret(of, sha256(secret), note);
    store::tell_gateways();
    return {secret_id, std::move(secret)};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_secret_add, pgcrm::secret_add);
