// crm_account_drop: an account leaves the registry and the views; its data only when that is said.
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"
#include "store/bi_views.hpp"

namespace pgcrm {
namespace {

// Waits until no ingest, refresh or rebuild of the account is under way. The table's lock and not the
// row's: whoever waits for the row holds the table, which the drop needs.
void lock_account(const store::account &of) {
    if (!store::table_exists(of, "account"))
        return;
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "lock table " << store::table_of(of, "account") << " in access exclusive mode";
    sql.execute(text);
}

void drop_schema(const store::account &of) {
    const pgcxx::user_scope as_owner(of.owner);
    pgcxx::settings_scope quiet;
    quiet.set("client_min_messages", "warning"); // the list of all tables tells nobody anything
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "drop schema " << pgcxx::identifier{of.name} << " cascade";
    sql.execute(text);
}

void account_drop(std::string_view name, bool keep_data) {
    store::lock_registry();
    const std::optional<store::account> of = store::account_to_drop(name);
    if (of)
        lock_account(*of);
    store::unregister_account(name);
    store::make_bi_views(); // before the schema goes, or the views would go with it
    if (of && !keep_data)
        drop_schema(*of);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_drop, pgcrm::account_drop);
