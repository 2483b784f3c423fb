// crm_account_create: a schema with all tables of an account, and its branch in the views of crm_bi.
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"
#include "store/bi_views.hpp"
#include "store/layout.hpp"
#include "store/source.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;

void check_encoding() {
    if (GetDatabaseEncoding() != PG_UTF8)
        throw error(ERRCODE_FEATURE_NOT_SUPPORTED, "the database's encoding is not UTF8")
            .hint("Create the database with ENCODING 'UTF8'.");
}

// Only full names mean the same everywhere: "at time zone" takes CET for an abbreviation without summer time.
void check_time_zone(std::string_view name) {
    if (name == "UTC")
        return;
    pgcxx::spi::session sql;
    const auto found = sql.query<bool>("select true from pg_catalog.pg_timezone_names z"
                                       " where z.name = $1 and z.name ~ '^[A-Z][A-Za-z_]+/'",
                                       name);
    if (found.size() == 0)
        throw error(ERRCODE_INVALID_PARAMETER_VALUE, "unknown time zone \"" + std::string(name) + "\"")
            .hint("Use UTC or a full name of view pg_timezone_names, such as America/Mexico_City.");
}

void check_schema_is_free(std::string_view name) {
    if (store::schema_exists(name))
        throw error(ERRCODE_DUPLICATE_SCHEMA, "schema \"" + std::string(name) + "\" already exists")
            .hint("Take an account's data that was kept or restored back with crm_account_adopt, or choose "
                  "another name.");
}

// The same call again does nothing; other arguments are a mistake.
void check_is_the_same(std::string_view name, std::string_view source, std::string_view time_zone) {
    const store::account of = store::use_account(name);
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::statement text;
    text << "select a.source, a.time_zone from " << store::table_of(of, "account") << " a";
    const auto rows = sql.query<std::string, std::string>(text);
    const auto [own_source, own_zone] = rows[0];
    if (own_source != source || own_zone != time_zone)
        throw error(ERRCODE_DUPLICATE_OBJECT,
                    "account \"" + std::string(name) + "\" already exists with other settings")
            .detail("It has source \"" + own_source + "\" and time zone \"" + own_zone + "\".");
}

void account_create(std::string_view name, std::string_view source, std::string_view time_zone) {
    store::check_name(name);
    check_encoding();
    store::lock_registry();
    if (store::is_registered(name)) {
        check_is_the_same(name, source, time_zone);
        return;
    }
    check_time_zone(time_zone);
    check_schema_is_free(name);
    const auto streams = store::compiled_source(source);
    {
        pgcxx::spi::session sql;
        store::create_schema(sql, name, streams->streams);
        store::write_own_row(sql, name, source, time_zone);
    }
    store::register_account(name);
    store::make_bi_views();
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_create, pgcrm::account_create);
