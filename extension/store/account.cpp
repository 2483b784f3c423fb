#include "store/account.hpp"

#include <algorithm>
#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

constexpr std::size_t longest_name = 41;
constexpr std::array<std::string_view, 5> reserved_names{"public", "information_schema", "cron", "pgcrm",
                                                         "crm_bi"};

bool is_simple_name(std::string_view name) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_part = [is_letter](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() <= longest_name && is_letter(name.front()) &&
           std::all_of(name.begin(), name.end(), is_part);
}

bool is_reserved(std::string_view name) {
    return name.starts_with("pg_") ||
           std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end();
}

// Owner of a schema; none when there is no such schema.
std::optional<Oid> schema_owner(std::string_view name) {
    const std::string schema(name);
    struct {
        bool is_there;
        Oid owner;
    } found = pgcxx::island([&schema]() {
        decltype(found) result{false, InvalidOid};
        const Oid oid = get_namespace_oid(schema.c_str(), true);
        HeapTuple row = OidIsValid(oid) ? SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(oid)) : nullptr;
        if (HeapTupleIsValid(row)) {
            result = {true, reinterpret_cast<Form_pg_namespace>(GETSTRUCT(row))->nspowner};
            ReleaseSysCache(row);
        }
        return result;
    });
    return found.is_there ? std::optional(found.owner) : std::nullopt;
}

void check_is_registered(std::string_view name) {
    if (!is_registered(name))
        throw error(ERRCODE_UNDEFINED_OBJECT, "account \"" + std::string(name) + "\" does not exist")
            .hint("Make it with crm_account_create.");
}

Oid require_owner(std::string_view name) {
    if (const auto owner = schema_owner(name))
        return *owner;
    throw error(ERRCODE_UNDEFINED_SCHEMA,
                "the schema of account \"" + std::string(name) + "\" does not exist")
        .hint("Restore the schema, or take the account out with crm_account_drop.");
}

void check_right(std::string_view name, Oid owner) {
    if (!pgcxx::has_privs_of(pgcxx::current_user(), owner))
        throw error(ERRCODE_INSUFFICIENT_PRIVILEGE,
                    "permission denied for account \"" + std::string(name) + "\"")
            .hint("Only roles with the rights of the owner of schema \"" + std::string(name) +
                  "\" may use it.");
}

void check_layout(const account &of, std::int32_t found) {
    if (found == layout_version)
        return;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "account \"" + of.name + "\" has layout " +
                                                              std::to_string(found) + ", not " +
                                                              std::to_string(layout_version))
        .detail("Its tables were made by another version of the extension.");
}

// Fills in what the account says of itself.
void read_own_row(account &of) {
    if (!table_exists(of, "account"))
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "schema \"" + of.name + "\" is no account's")
            .detail("It has no table \"account\".");
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    statement text;
    text << "select a.source, a.layout_version from " << table_of(of, "account") << " a";
    const auto rows = sql.query<std::string, std::int32_t>(text);
    if (rows.size() != 1)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + of.name + "\" has no row of its own in its schema")
            .hint("Restore table \"account\" of the schema from a backup.");
    const auto [source, layout] = rows[0];
    check_layout(of, layout);
    of.source = source;
}

} // namespace

void check_name(std::string_view name) {
    if (!is_simple_name(name))
        throw error(ERRCODE_INVALID_NAME, "invalid account name \"" + std::string(name) + "\"")
            .hint("Use up to 41 lower case letters, digits and underscores, a letter first.");
    if (is_reserved(name))
        throw error(ERRCODE_RESERVED_NAME, "account name \"" + std::string(name) + "\" is reserved");
}

owner_scope::owner_scope(const account &of, names spelling) : user_(of.owner) {
    settings_.set("jit", "off"); // compiling costs a second where the statement takes a millisecond
    if (spelling == names::bare)
        settings_.set("search_path", ("pg_catalog, " + identifier{of.name}.text() + ", pg_temp").c_str());
}

account use_account(std::string_view name) {
    check_is_registered(name);
    account found{std::string(name), require_owner(name), {}};
    check_right(name, found.owner);
    read_own_row(found);
    return found;
}

std::optional<account> account_to_drop(std::string_view name) {
    check_is_registered(name);
    const auto owner = schema_owner(name);
    if (!owner) {
        check_right(name, catalog_owner());
        return std::nullopt;
    }
    check_right(name, *owner);
    return account{std::string(name), *owner, {}};
}

std::vector<std::string> usable_accounts() {
    std::vector<std::string> usable;
    const Oid caller = pgcxx::current_user();
    for (std::string &name : registered_accounts()) {
        const auto owner = schema_owner(name);
        if (owner && pgcxx::has_privs_of(caller, *owner))
            usable.push_back(std::move(name));
    }
    return usable;
}

bool is_registered(std::string_view name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    return sql.query<std::string>("select a.account from pgcrm.account a where a.account = $1", name)
               .size() == 1;
}

void register_account(std::string_view name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    sql.execute("insert into pgcrm.account (account, created_at) values ($1, pg_catalog.now())", name);
}

void unregister_account(std::string_view name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    sql.execute("delete from pgcrm.account a where a.account = $1", name);
}

std::vector<std::string> registered_accounts() {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    std::vector<std::string> names;
    for (const auto &[name] :
         sql.query<std::string>("select a.account from pgcrm.account a order by a.account"))
        names.push_back(name);
    return names;
}

void check_isolation(const std::string &what, const std::string &why) {
    if (!pgcxx::isolation_is_read_committed())
        throw error(ERRCODE_ACTIVE_SQL_TRANSACTION, what + " must run in a READ COMMITTED transaction")
            .detail(why)
            .hint("Run it outside of the transaction, or begin that with isolation level READ COMMITTED.");
}

void lock_registry(lock_wait wait) {
    check_isolation("making or dropping an account",
                    "Under an older snapshot the views of crm_bi would miss accounts.");
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    if (wait == lock_wait::none)
        sql.execute("lock table pgcrm.account in share row exclusive mode nowait");
    else
        sql.execute("lock table pgcrm.account in share row exclusive mode");
}

Oid catalog_owner() {
    if (const auto owner = schema_owner("pgcrm"))
        return *owner;
    throw error(ERRCODE_UNDEFINED_SCHEMA, "schema \"pgcrm\" does not exist")
        .hint("Run CREATE EXTENSION pgcrm.");
}

bool schema_exists(std::string_view name) { return schema_owner(name).has_value(); }

bool table_exists(const account &of, std::string_view table) {
    const std::string name(table);
    return OidIsValid(pgcxx::island([&]() {
        const Oid schema = get_namespace_oid(of.name.c_str(), true);
        return OidIsValid(schema) ? get_relname_relid(name.c_str(), schema) : InvalidOid;
    }));
}

identifier table_of(const account &of, std::string_view table) { return identifier{of.name, table}; }

} // namespace pgcrm::store
