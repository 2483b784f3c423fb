// crm_account_alter: another time zone, another owner, with or without compatible views.
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/compatible_views.hpp"
#include "store/account/gateways.hpp"
#include "store/account/grants.hpp"
#include "store/account/owner.hpp"
#include "store/account/zone.hpp"
#include "store/catalog/source.hpp"

namespace pgcrm {
namespace {

// Waits for the row as a refresh holds it, and holds it like one: the next refresh sees the new zone and
// adds the marts up again.
void set_time_zone(const store::account &of, std::string_view zone) {
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "update " << store::table_of(of, "account")
         << " a set time_zone = $1 where a.time_zone is distinct from $1";
    sql.execute(text, zone);
}

// Noticed by the next refresh likewise.
void set_counting(const store::account &of, bool counts_deleted_leads) {
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "update " << store::table_of(of, "account")
         << " a set count_deleted_leads = $1 where a.count_deleted_leads is distinct from $1";
    sql.execute(text, counts_deleted_leads);
}

void account_alter(std::optional<std::string_view> name, std::optional<std::string_view> time_zone,
                   std::optional<pgcxx::object_name> owner, std::optional<bool> compatible_views,
                   std::optional<bool> count_deleted_leads) {
    pgcxx::required(name, "account");
    if (owner || compatible_views)
        store::lock_registry();
    store::account of = store::use_account(*name, store::account_right::own);
    if (time_zone)
        store::check_zone_name(*time_zone);
    if (owner) {
        store::change_owner(of, store::require_role(owner->text));
        store::tell_gateways();
    }
    if (time_zone)
        set_time_zone(of, *time_zone);
    if (count_deleted_leads)
        set_counting(of, *count_deleted_leads);
    if (!compatible_views)
        return;
    if (*compatible_views)
        store::make_compatible_views(of, store::streams_with_tables(of));
    else
        store::drop_compatible_views(of);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_alter, pgcrm::account_alter);
