// Accounts: which there are, who may use them, and on whose behalf their tables are touched.
//
// A caller may use an account when he has the rights of its owner, who owns the schema.
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
inline constexpr std::int32_t layout_version = 1;

struct account {
    std::string name; // of the account and of its schema
    Oid owner;
    std::string source;
};

// The work on an account's tables: as their owner, who can leave no traps and no settings behind.
// Errors: 42602 not a simple name, 42939 reserved.
void check_name(std::string_view name);

enum class names { qualified, bare }; // bare: the account's schema stands in search_path, behind pg_catalog

class owner_scope {
public:
    explicit owner_scope(const account &of, names spelling = names::qualified);

private:
    pgcxx::user_scope user_;
    pgcxx::settings_scope settings_;
};

// Checks that the account exists, that the caller may use it, and that its layout is this version's.
// Errors: 42704 unknown, 3F000 schema is gone, 42501 not allowed, 55000 other layout.
account use_account(std::string_view name);

// For taking an account out of the registry: whatever state its tables are in. None when its
// schema is gone; then the caller needs the rights of the extension's owner.
// Errors: 42704 unknown, 42501 not allowed.
std::optional<account> account_to_drop(std::string_view name);

// Accounts that the caller may use, by name.
std::vector<std::string> usable_accounts();

bool is_registered(std::string_view name);
void register_account(std::string_view name);
void unregister_account(std::string_view name);

// Registered accounts, by name; their schemas may be gone.
std::vector<std::string> registered_accounts();

// Error 25001 unless each statement sees what was committed before it. `what` as in "a refresh",
// `why` is a sentence.
void check_isolation(const std::string &what, const std::string &why);

enum class lock_wait { until_free, none };

// Keeps others from making or dropping accounts until the end of the transaction.
// Error 55P03 when somebody does and this is not to wait.
void lock_registry(lock_wait wait = lock_wait::until_free);

// Owner of the extension: of its catalog and of the cross-account views.
Oid catalog_owner();

bool schema_exists(std::string_view name);

bool table_exists(const account &of, std::string_view table);

// The account's table, for a statement.
pgcxx::identifier table_of(const account &of, std::string_view table);

} // namespace pgcrm::store
