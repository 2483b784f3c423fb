// crm_account_create: a schema with all tables of an account.
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/account.hpp"
#include "store/account/compatible_views.hpp"
#include "store/account/gateways.hpp"
#include "store/account/grants.hpp"
#include "store/account/owner.hpp"
#include "store/account/zone.hpp"
#include "store/catalog/source.hpp"
#include "store/layout.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;

struct settings_of_account {
    std::string source;
    std::string time_zone;
    Oid owner;
    bool has_compatible_views;

    friend bool operator==(const settings_of_account &, const settings_of_account &) = default;
};

void check_encoding() {
    if (GetDatabaseEncoding() != PG_UTF8)
        throw error(ERRCODE_FEATURE_NOT_SUPPORTED, "the database's encoding is not UTF8")
            .hint("Create the database with ENCODING 'UTF8'.");
}

void check_schema_is_free(std::string_view name) {
    if (store::schema_exists(name))
        throw error(ERRCODE_DUPLICATE_SCHEMA, "schema \"" + std::string(name) + "\" already exists")
            .hint("Take an account's data that was kept or restored back with crm_account_adopt, or choose "
                  "another name.");
}

settings_of_account present_settings(const store::account &of) {
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "select a.source, a.time_zone from " << store::table_of(of, "account") << " a";
    const auto rows = sql.query<std::string, std::string>(text);
    const auto [source, zone] = rows[0];
    return {source, zone, of.owner, !store::compatible_views_of(sql, of).empty()};
}

std::string differences(const settings_of_account &present, const settings_of_account &wanted) {
    std::string list;
    const auto add = [&list](bool differs, const std::string &what) {
        if (differs)
            list += (list.empty() ? "" : ", ") + what;
    };
    add(present.source != wanted.source, "source \"" + present.source + "\"");
    add(present.time_zone != wanted.time_zone, "time zone \"" + present.time_zone + "\"");
    add(present.owner != wanted.owner, "owner \"" + pgcxx::role_name(present.owner).value_or("?") + "\"");
    add(present.has_compatible_views != wanted.has_compatible_views,
        present.has_compatible_views ? "compatible views" : "no compatible views");
    return list;
}

// The same call again does nothing; other arguments are a mistake.
void check_is_the_same(std::string_view name, const settings_of_account &wanted) {
    const auto present = present_settings(store::use_account(name, store::account_right::own));
    if (present == wanted)
        return;
    throw error(ERRCODE_DUPLICATE_OBJECT,
                "account \"" + std::string(name) + "\" already exists with other settings")
        .detail("It has " + differences(present, wanted) + ".")
        .hint("Change it with crm_account_alter.");
}

void make(std::string_view name, const settings_of_account &wanted) {
    store::check_zone_name(wanted.time_zone);
    check_schema_is_free(name);
    store::check_may_act_as(wanted.owner);
    store::check_may_make_schemas();
    const auto streams = store::compiled_source(wanted.source);
    const store::account of{std::string(name), wanted.owner, wanted.source};
    store::create_schema(of, streams->streams);
    store::write_own_row(of, wanted.time_zone);
    store::register_account(name);
    if (wanted.has_compatible_views)
        store::make_compatible_views(of, store::streams_with_tables(of));
    store::tell_gateways();
}

void account_create(std::optional<std::string_view> name, std::optional<std::string_view> source,
                    std::optional<std::string_view> time_zone, std::optional<pgcxx::object_name> owner,
                    std::optional<bool> compatible_views) {
    store::check_name(pgcxx::required(name, "account"));
    const settings_of_account wanted{std::string(pgcxx::required(source, "source")),
                                     std::string(pgcxx::required(time_zone, "time_zone")),
                                     owner ? store::require_role(owner->text) : pgcxx::current_user(),
                                     pgcxx::required(compatible_views, "compatible_views")};
    check_encoding();
    store::lock_registry();
    if (store::is_registered(*name))
        check_is_the_same(*name, wanted);
    else
        make(*name, wanted);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_create, pgcrm::account_create);
