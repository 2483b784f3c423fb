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

// None when the account cannot be used; pgcrm.account_status tells why. Nulls when somebody is changing it:
// with the end of that the gateway is told to ask again.
std::optional<gateway_row> look_at(const std::string &name) {
    // Never committed: what was locked is let go, or a thousand accounts would take all locks that there are.
    const pgcxx::subtransaction look;
    gateway_row row{name, std::nullopt, std::nullopt};
    bool is_busy = false;
    const auto failure = store::failure_of([&row, &is_busy, &name] {
        try {
            row = row_of(name);
        } catch (const pgcxx::server_error &theirs) {
            is_busy = theirs.sqlstate() == ERRCODE_LOCK_NOT_AVAILABLE;
            throw;
        }
    });
    return failure && !is_busy ? std::nullopt : std::optional(std::move(row));
}

pgcxx::set_of<gateway_row> gateway_accounts() {
    pgcxx::settings_scope settings;
    settings.set("lock_timeout", "100ms"); // no owner can hold up the news of the others
    pgcxx::set_of<gateway_row> rows;
    for (const std::string &name : store::usable_accounts(store::account_right::ingest))
        if (auto row = look_at(name))
            rows.rows.push_back(std::move(*row));
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_gateway_accounts, pgcrm::gateway_accounts);
