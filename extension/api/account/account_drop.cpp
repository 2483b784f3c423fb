// crm_account_drop: an account leaves the registry; its data only when that is said.
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/account/gateways.hpp"
#include "store/account/owner.hpp"

namespace pgcrm {
namespace {

void drop_schema(const store::account &of) {
    const pgcxx::user_scope as_owner(of.owner);
    pgcxx::settings_scope quiet;
    quiet.set("client_min_messages", "warning"); // the list of all tables tells nobody anything
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "drop schema " << pgcxx::identifier{of.name} << " cascade";
    sql.execute(text);
}

void drop_account(std::string_view name, bool keep_data) {
    store::lock_registry();
    const std::optional<store::account> of = store::account_to_drop(name);
    if (of)
        store::lock_out_others(*of);
    store::unregister_account(name);
    if (of && !keep_data)
        drop_schema(*of);
    store::tell_gateways();
}

bool is_lack_of_locks(const pgcxx::server_error &failure) {
    return failure.sqlstate() == ERRCODE_OUT_OF_MEMORY &&
           !failure.hint().empty(); // other memory comes without a hint
}

void account_drop(std::string_view name, bool keep_data) {
    try {
        drop_account(name, keep_data);
    } catch (const pgcxx::server_error &failure) {
        if (!is_lack_of_locks(failure))
            throw;
        throw pgcxx::error(ERRCODE_OUT_OF_MEMORY, std::string(failure.message()))
            .detail("A drop keeps a lock on each table, index and constraint of the account until its "
                    "transaction ends: some hundred.")
            .hint("Drop fewer accounts in one transaction, or raise max_locks_per_transaction and restart "
                  "the server.");
    }
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_drop, pgcrm::account_drop);
