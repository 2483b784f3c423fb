// crm_gateway_accounts: what a gateway has to know of the accounts that it may ingest into.
#include "pgcxx/pgcxx.hpp"
#include "store/account/secret_table.hpp"
#include "store/refresh/survive.hpp"
#include "store/rows/server_value.hpp"

namespace pgcrm {
namespace {

// account, digests, valid_seconds
using gateway_row = std::tuple<std::string, std::optional<std::vector<sha256_digest>>,
                               std::optional<std::vector<std::optional<double>>>>;

gateway_row row_of(const std::string &name) {
    const std::vector<store::valid_secret> secrets =
        store::valid_secrets(store::use_account(name, store::account_right::ingest));
    std::vector<sha256_digest> digests;
    std::vector<std::optional<double>> seconds;
    digests.reserve(secrets.size());
    seconds.reserve(secrets.size());
    for (const store::valid_secret &each : secrets) {
        digests.push_back(each.digest);
        seconds.push_back(each.seconds);
    }
    return {name, std::move(digests), std::move(seconds)};
}

// Nulls when the account cannot be read just now: somebody is changing it, its layout is another, or it is
// broken, which pgcrm.account_status tells. Its senders are to come again; one who is told that his secret is
// wrong may not.
gateway_row look_at(const std::string &name) {
    // Never committed: what was locked is let go, or a thousand accounts would take all locks that there are.
    const pgcxx::subtransaction look;
    gateway_row row{name, std::nullopt, std::nullopt};
    if (store::failure_of([&row, &name] { row = row_of(name); }))
        row = {name, std::nullopt, std::nullopt};
    return row;
}

pgcxx::set_of<gateway_row> gateway_accounts() {
    pgcxx::settings_scope settings;
    settings.wait_for_locks_at_most(100); // no owner can hold up the news of the others
    pgcxx::set_of<gateway_row> rows;
    for (const std::string &name : store::accounts_to_ingest_into())
        rows.rows.push_back(look_at(name));
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_gateway_accounts, pgcrm::gateway_accounts);
