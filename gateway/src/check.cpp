#include "check.hpp"

#include "ingest/credentials.hpp"
#include "ingest/directory_watch.hpp"
#include "operations/tls.hpp"

#include <iostream>

namespace pgcrm::gateway {
namespace {

class report {
public:
    void good(const std::string &text) { std::cout << "  ok    " << text << '\n'; }
    void bad(const std::string &text) {
        std::cout << "  WRONG " << text << '\n';
        is_good_ = false;
    }
    bool is_good() const { return is_good_; }

private:
    bool is_good_ = true;
};

void check_files(const settings &with, report &into) {
    try {
        into.good(load_tls(with.tls_certificate, with.tls_key) ? "certificate and key fit" : "no TLS");
    } catch (const settings_error &wrong) {
        into.bad(wrong.what());
    }
    try {
        into.good("credentials of " + std::to_string(read_credentials(with.credentials).size()) +
                  " accounts");
    } catch (const settings_error &wrong) {
        into.bad(wrong.what());
    }
}

void check_accounts(const std::vector<told_account> &accounts, report &into) {
    if (accounts.empty())
        into.bad("the role may ingest into no account: select crm_grant('ACCOUNT', 'ROLE', 'ingest');");
    for (const told_account &each : accounts) {
        if (!each.secrets) {
            into.bad("account \"" + each.name +
                     "\" cannot be read just now: it is being altered or is broken; select * from "
                     "pgcrm.account_status;");
            continue;
        }
        const std::size_t count = each.secrets->size();
        if (count == 0)
            into.bad("account \"" + each.name + "\" has no secret: select * from crm_secret_add('" +
                     each.name + "');");
        else
            into.good("account \"" + each.name + "\", valid secrets: " + std::to_string(count));
    }
}

void check_database(asio::io_context &loop, asio::thread_pool &connectors, const settings &with, report &into,
                    waiting wait) {
    database_connection database(loop.get_executor());
    const auto schema = database.open(connectors, with, wait);
    if (!schema) {
        into.bad("database: " + database.problem());
        return;
    }
    into.good("database answers, with the extension");
    const auto accounts = read_told_accounts(database, *schema, wait);
    if (!accounts)
        into.bad("accounts: " + database.problem());
    else
        check_accounts(*accounts, into);
}

} // namespace

bool check(const settings &with) {
    report into;
    check_files(with, into);
    asio::io_context loop{1};
    asio::thread_pool connectors{1};
    start(loop, [&](waiting wait) { check_database(loop, connectors, with, into, wait); });
    loop.run();
    return into.is_good();
}

} // namespace pgcrm::gateway
