// crm_account_adopt: a schema that was kept, or restored from a dump, is an account again.
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/account/gateways.hpp"
#include "store/account/grants.hpp"
#include "store/catalog/source.hpp"
#include "store/layout.hpp"
#include "store/marts/mart_tables.hpp"

namespace pgcrm {
namespace {

// The schema may have been renamed since.
void set_name(const store::account &of) {
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "update " << store::table_of(of, "account") << " a set account = $1 where a.account <> $1";
    sql.execute(text, of.name);
}

// Those that came with this version of the extension; the next refresh builds them.
void make_new_marts(const store::account &of) {
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    store::make_missing_marts(sql, of);
}

void account_adopt(std::string_view name) {
    store::check_name(name);
    store::lock_registry();
    if (!store::is_registered(name))
        store::register_account(name);
    // raises, and takes the registration back, unless it is the caller's
    const auto [of, layout] = store::account_to_upgrade(name);
    if (layout < store::layout_version) {
        pgcxx::warning("account \"" + of.name + "\" has an older layout and cannot be used yet",
                       "Its tables were made by an older version of the extension.",
                       "Bring its tables up to date: select crm_account_upgrade(" +
                           pgcxx::literal{of.name}.text() + ").");
    } else {
        store::use_account(name, store::account_right::own); // refuses a newer layout
        make_new_marts(of);
        store::check_relations(of, store::compiled_source(of.source)->streams);
    }
    set_name(of);
    store::grant_functions_again(of);
    store::tell_gateways();
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_adopt, pgcrm::account_adopt);
