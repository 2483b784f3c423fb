// Keeps the registry of accounts and the status for /metrics up to date, over a connection of its own: at an
// interval, and at once when the database tells of a change (NOTIFY pgcrm_gateway).
#pragma once

#include "database/database.hpp"
#include "ingest/accounts.hpp"
#include "operations/settings.hpp"

#include <boost/asio/thread_pool.hpp>

#include <optional>
#include <string>

namespace pgcrm::gateway {

class directory_watch {
public:
    directory_watch(asio::io_context &loop, asio::thread_pool &connectors, const settings &with,
                    account_registry &registry, metrics &counts);

    // For as long as the loop runs.
    void run(waiting wait);

    // Reads accounts anew, with other API keys. On the loop's thread.
    void use(api_keys keys);

private:
    bool prepare(waiting wait);
    void watch(waiting wait);
    bool read_accounts(waiting wait);
    bool read_statuses(waiting wait);
    bool wait_for_change(waiting wait);
    bool take_notifications();

    const settings &with_;
    asio::thread_pool &connectors_;
    account_registry &registry_;
    metrics &counts_;
    database_connection database_;
    timer pause_;
    api_keys keys_;
    std::string schema_;
    bool has_to_read_ = false;
    std::optional<time_point> statuses_read_at_;
};

// The accounts that the role of this connection may ingest into, with their secrets. Empty when that failed;
// the connection's problem() tells why.
std::optional<std::vector<told_account>> read_told_accounts(database_connection &from,
                                                            const std::string &schema, waiting wait);

} // namespace pgcrm::gateway
