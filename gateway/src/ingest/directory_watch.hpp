// Keeps the registry of accounts and the status for /metrics up to date, over a connection of its own: at an
// interval, and at once when the database tells of a change (NOTIFY pgcrm_gateway).
//
// Every role may notify. So readings keep a distance, whatever is told meanwhile; what is told in it leads to
// one reading after it. A change that is told during a reading may have missed it, and leads to the next one.
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
    void keep_distance(waiting wait);
    bool is_too_old() const;
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
    bool is_renewing_ = false; // the connection, not for a failure of it
    bool has_unread_ = false;  // accounts that could not be read the last time
    time_point opened_at_{};
    time_point read_at_{};
    std::optional<time_point> statuses_read_at_;
};

// The accounts that the role of this connection may ingest into, with their secrets. Empty when that failed;
// the connection's problem() tells why.
std::optional<std::vector<told_account>> read_told_accounts(database_connection &from,
                                                            const std::string &schema, waiting wait);

} // namespace pgcrm::gateway
