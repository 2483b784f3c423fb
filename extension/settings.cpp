#include "settings.hpp"

#include "pgcxx/pgcxx.hpp"

namespace pgcrm::settings {

void define() {
    pgcxx::define_setting("pgcrm.max_payload_size",
                          "Largest body that is taken as an event; a larger one goes to quarantine.",
                          max_payload_size, 1024, 16 * 1024 * 1024, pgcxx::unit::bytes);
    pgcxx::define_setting(
        "pgcrm.read_lock_timeout",
        "How long a reader of crm_bi waits for a lock on an account's tables before it leaves the "
        "account out; 0 waits as lock_timeout says.",
        read_lock_timeout, 0, 2147483647, pgcxx::unit::milliseconds);
    pgcxx::define_setting("pgcrm.refresh_batch",
                          "Pending leads that one step of a refresh takes; its memory grows with them.",
                          refresh_batch, 1, 1000000);
    pgcxx::define_setting(
        "pgcrm.refresh_lock_timeout",
        "How long a refresh of all accounts waits for a lock on the tables of one before it goes on with the "
        "next; 0 waits as lock_timeout says.",
        refresh_lock_timeout, 0, 2147483647, pgcxx::unit::milliseconds);
    pgcxx::reserve_settings("pgcrm");
}

} // namespace pgcrm::settings
