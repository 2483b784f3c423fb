#include "store/account/account.hpp"

#include "store/rows/prepared.hpp"

#include <algorithm>
#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

constexpr std::size_t longest_name = 41;
constexpr std::array<std::string_view, 5> reserved_names{"public", "information_schema", "cron", "pgcrm",
                                                         "crm_bi"};

struct own_relation {
    Oid oid;
    char kind;
};

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

// The relation of that name in the account's schema; none unless the account's owner owns it. Who may
// create in the schema could put up one of his own where the account lacks it.
std::optional<own_relation> find_own_relation(const account &of, std::string_view relation) {
    const std::string name(relation);
    const own_relation found = pgcxx::island([&of, &name]() {
        own_relation result{InvalidOid, '\0'};
        const Oid schema = get_namespace_oid(of.name.c_str(), true);
        const Oid oid = OidIsValid(schema) ? get_relname_relid(name.c_str(), schema) : InvalidOid;
        HeapTuple row = OidIsValid(oid) ? SearchSysCache1(RELOID, ObjectIdGetDatum(oid)) : nullptr;
        if (HeapTupleIsValid(row)) {
            const auto *form = reinterpret_cast<Form_pg_class>(GETSTRUCT(row));
            if (form->relowner == of.owner)
                result = {oid, form->relkind};
            ReleaseSysCache(row);
        }
        return result;
    });
    return OidIsValid(found.oid) ? std::optional(found) : std::nullopt;
}

// It holds the right to ingest.
std::optional<Oid> sequence_of_marks(const account &of) {
    const auto marks = find_own_relation(of, "pending_mark");
    return marks && marks->kind == RELKIND_SEQUENCE ? std::optional(marks->oid) : std::nullopt;
}

bool may_ingest(Oid role, const account &of) {
    const auto marks = sequence_of_marks(of);
    return marks && pgcxx::may_access_table(role, *marks, ACL_USAGE);
}

bool may_read(Oid role, const account &of) {
    const auto schema = pgcxx::find_schema(of.name);
    const auto observations = find_own_relation(of, "observation");
    return schema && observations && pgcxx::may_use_schema(role, *schema) &&
           pgcxx::may_access_table(role, observations->oid, ACL_SELECT);
}

// Who can help, and how.
std::string way_to_right(const account &of, account_right wanted) {
    if (wanted == account_right::own)
        return "Only roles with the rights of the owner of schema \"" + of.name + "\" may do this.";
    const std::string role = pgcxx::role_name(pgcxx::current_user()).value_or("...");
    return "Its owner can give the right: select crm_grant(" + literal{of.name}.text() + ", " +
           literal{role}.text() + ", '" + (wanted == account_right::ingest ? "ingest" : "read") + "').";
}

void check_right(const account &of, account_right wanted) {
    if (!has_right(pgcxx::current_user(), of, wanted))
        throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, "permission denied for account \"" + of.name + "\"")
            .hint(way_to_right(of, wanted));
}

void check_layout(const account &of, std::int32_t found) {
    if (found == layout_version)
        return;
    error refusal(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "account \"" + of.name + "\" has layout " +
                                                                std::to_string(found) + ", not " +
                                                                std::to_string(layout_version));
    if (found < layout_version)
        throw std::move(refusal)
            .detail("Its tables were made by an older version of the extension.")
            .hint("Bring them up to date: alter extension pgcrm update, if that was not done; then select "
                  "crm_account_upgrade(" +
                  literal{of.name}.text() + ").");
    throw std::move(refusal)
        .detail("Its tables were made by a newer version of the extension.")
        .hint("Install that version, and run alter extension pgcrm update.");
}

own_relation require_own_table(const account &of) {
    const auto own = find_own_relation(of, "account");
    if (own && own->kind == RELKIND_RELATION)
        return *own;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "schema \"" + of.name + "\" is no account's")
        .detail("It has no table \"account\" that belongs to the schema's owner.");
}

// Whoever changes the account's owner or drops it holds this table. False when it was gone afterwards, or
// another's: then what was found out before does not hold any more.
bool wait_for_changes(const account &of) {
    const Oid table = require_own_table(of).oid;
    pgcxx::call(LockRelationOid, table, AccessShareLock);
    const auto own = schema_owner(of.name) == of.owner ? find_own_relation(of, "account") : std::nullopt;
    return own && own->oid == table;
}

// Fills in what the account says of itself. Returns its layout.
std::int32_t read_own_row(account &of) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    statement text;
    text << "select a.source, a.layout_version from " << table_of(of, "account") << " a";
    const auto rows = query<std::string, std::int32_t>(sql, text, parameters());
    if (rows.size() != 1)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + of.name + "\" has no row of its own in its schema")
            .hint("Restore table \"account\" of the schema from a backup.");
    const auto [source, layout] = rows[0];
    of.source = source;
    return layout;
}

enum class sight { seen, held, broken };

// The own row of an account with an owner.
sight look_at(account_of_any_layout &found) {
    const auto own = find_own_relation(found.of, "account");
    if (!own || own->kind != RELKIND_RELATION)
        return sight::broken;
    bool is_there = false;
    try {
        const auto failure = pgcxx::attempt([&] {
            is_there = wait_for_changes(found.of);
            if (is_there)
                found.layout = read_own_row(found.of);
        });
        if (failure)
            return failure->sqlstate() == ERRCODE_LOCK_NOT_AVAILABLE ? sight::held : sight::broken;
    } catch (const error &) { // no row, or several: thrown by us, and rolled back
        return sight::broken;
    }
    return is_there ? sight::seen : sight::broken;
}

account_of_any_layout find_account(std::string_view name, account_right wanted) {
    for (;;) {
        check_is_registered(name);
        account found{std::string(name), require_owner(name), {}};
        check_right(found, wanted);
        if (!wait_for_changes(found))
            continue;
        const std::int32_t layout = read_own_row(found);
        return {std::move(found), layout};
    }
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

account use_account(std::string_view name, account_right wanted) {
    account_of_any_layout found = find_account(name, wanted);
    check_layout(found.of, found.layout);
    return std::move(found.of);
}

account_of_any_layout account_to_upgrade(std::string_view name) {
    return find_account(name, account_right::own);
}

accounts_found accounts_of_source(std::string_view source) {
    pgcxx::settings_scope settings;
    settings.wait_for_locks_at_most(1000); // the registry is locked, and no owner can keep it so
    accounts_found found;
    for (std::string &name : registered_accounts()) {
        const auto owner = schema_owner(name);
        if (!owner)
            continue;
        account_of_any_layout each{{name, *owner, {}}, 0};
        const sight seen = look_at(each);
        if (seen == sight::held)
            found.held.push_back(std::move(name));
        else if (seen == sight::seen && each.of.source == source)
            found.of_source.push_back(std::move(each));
    }
    return found;
}

std::optional<account> account_to_drop(std::string_view name) {
    check_is_registered(name);
    const auto owner = schema_owner(name);
    const account found{std::string(name), owner.value_or(catalog_owner()), {}};
    check_right(found, account_right::own);
    return owner ? std::optional(found) : std::nullopt;
}

bool has_right(Oid role, const account &of, account_right wanted) {
    if (pgcxx::has_privs_of(role, of.owner))
        return true;
    switch (wanted) {
    case account_right::own:
        return false;
    case account_right::ingest:
        return may_ingest(role, of);
    case account_right::read:
        return may_read(role, of);
    case account_right::any:
        return may_ingest(role, of) || may_read(role, of);
    }
    return false;
}

std::vector<std::string> usable_accounts(account_right wanted) {
    std::vector<std::string> usable;
    const Oid caller = pgcxx::current_user();
    for (std::string &name : registered_accounts()) {
        const auto owner = schema_owner(name);
        if (owner && has_right(caller, {name, *owner, {}}, wanted))
            usable.push_back(std::move(name));
    }
    return usable;
}

std::vector<std::string> accounts_to_ingest_into() {
    std::vector<std::string> found;
    const Oid caller = pgcxx::current_user();
    for (std::string &name : registered_accounts()) {
        const auto owner = schema_owner(name);
        const account each{name, owner.value_or(InvalidOid), {}};
        if (!owner || !sequence_of_marks(each) || has_right(caller, each, account_right::ingest))
            found.push_back(std::move(name));
    }
    return found;
}

bool is_registered(std::string_view name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    static pgcxx::spi::kept_plan<std::string_view> find{
        "select a.account from pgcrm.account a where a.account = $1"};
    return sql.query<std::string>(find, name).size() == 1;
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
    check_isolation("making, changing or dropping an account",
                    "Under an older snapshot accounts would be missed that were made meanwhile.");
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

bool schema_exists(std::string_view name) { return schema_owner(name).has_value(); }

bool table_exists(const account &of, std::string_view table) {
    const std::string name(table);
    return OidIsValid(pgcxx::island([&]() {
        const Oid schema = get_namespace_oid(of.name.c_str(), true);
        return OidIsValid(schema) ? get_relname_relid(name.c_str(), schema) : InvalidOid;
    }));
}

bool has_own_table(const account &of, std::string_view table) {
    const auto found = find_own_relation(of, table);
    return found && found->kind == RELKIND_RELATION;
}

identifier table_of(const account &of, std::string_view table) { return identifier{of.name, table}; }

} // namespace pgcrm::store
