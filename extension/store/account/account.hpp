// Accounts: which there are, who may use them, and on whose behalf their tables are touched.
//
// A caller may do everything with an account when he has the rights of its owner, who owns the
// schema; ingest or read it when the schema's access lists say so (store/account/grants.hpp writes them).
// The work on the account's tables is then done as that owner under a security-restricted
// context, so nothing that the owner has planted there runs with more rights than his.
// The catalog in schema pgcrm is read and written as the extension's owner.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// Of the tables that crm_account_create makes; an account of another layout is refused.
inline constexpr std::int32_t layout_version = 4;

struct account {
    std::string name; // of the account and of its schema
    Oid owner;
    std::string source;
};

// Errors: 42602 not a simple name, 42939 reserved.
void check_name(std::string_view name);

// What a caller wants to do. Who owns an account may do all of it.
//   ingest: USAGE on the account's sequence pending_mark, since whoever ingests draws marks
//   read:   USAGE on its schema and SELECT on its observations, of which everything else is made
//   any:    one of these
enum class account_right : std::uint8_t { own, ingest, read, any };

enum class names { qualified, bare }; // bare: the account's schema stands in search_path, behind pg_catalog

// The work on an account's tables: as their owner, who can leave no traps and no settings behind.
class owner_scope {
public:
    explicit owner_scope(const account &of, names spelling = names::qualified);

    void wait_for_locks_at_most(int milliseconds) { settings_.wait_for_locks_at_most(milliseconds); }

private:
    pgcxx::user_scope user_;
    pgcxx::settings_scope settings_;
};

// Checks that the account exists, that the caller has this right on it, and that its layout is this
// version's. Waits for a change of its owner or its end that is under way.
// Errors: 42704 unknown, 3F000 schema is gone, 42501 not allowed, 55000 other layout.
account use_account(std::string_view name, account_right wanted);

// An account of any layout, to look at it or to bring its tables up to date: the same checks but that one.
struct account_of_any_layout {
    account of;
    std::int32_t layout;
};
account_of_any_layout account_to_upgrade(std::string_view name);

// The registered accounts of a source, by name, whoever owns them. Those whose own row cannot be read,
// because their tables are broken, are left out; where somebody holds the table for longer than a second,
// nobody can tell whether the account is one of them.
struct accounts_found {
    std::vector<account_of_any_layout> of_source;
    std::vector<std::string> held;
};
accounts_found accounts_of_source(std::string_view source);

// For taking an account out of the registry: whatever state its tables are in. None when its
// schema is gone; then the caller needs the rights of the extension's owner.
// Errors: 42704 unknown, 42501 not allowed.
std::optional<account> account_to_drop(std::string_view name);

// Whether this role has this right on an account whose name and owner are filled in.
bool has_right(Oid role, const account &of, account_right wanted);

// Accounts that the caller has this right on, by name.
std::vector<std::string> usable_accounts(account_right wanted);

// Those that the caller may ingest into, and those of which nobody can tell: their schema, or the sequence
// that holds the right, is gone.
std::vector<std::string> accounts_to_ingest_into();

bool is_registered(std::string_view name);
void register_account(std::string_view name);
void unregister_account(std::string_view name);

// Registered accounts, by name; their schemas may be gone.
std::vector<std::string> registered_accounts();

// Error 25001 unless each statement sees what was committed before it. `what` as in "a refresh",
// `why` is a sentence.
void check_isolation(const std::string &what, const std::string &why);

enum class lock_wait { until_free, none };

// Keeps others from making, dropping or granting accounts until the end of the transaction.
// Error 55P03 when somebody does and this is not to wait.
void lock_registry(lock_wait wait = lock_wait::until_free);

// Owner of the extension: of its catalog and of the cross-account views.
Oid catalog_owner();

bool schema_exists(std::string_view name);

// The schema's owner; none when there is no such schema.
std::optional<Oid> schema_owner(std::string_view name);

bool table_exists(const account &of, std::string_view table);

// Whether it is a table, and the owner's.
bool has_own_table(const account &of, std::string_view table);

// The account's table, for a statement.
pgcxx::identifier table_of(const account &of, std::string_view table);

} // namespace pgcrm::store
