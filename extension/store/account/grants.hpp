// Rights on accounts, given to roles.
//
// They are kept where PostgreSQL keeps rights: in the access lists of the account's own schema. So they
// go into its dump, follow a role that is renamed, and keep a role from being dropped unnoticed.
//
//   read     USAGE on the schema, SELECT on its tables (but not on the secrets) and on its views of older
//            names, also on tables that the owner makes there later (default privileges)
//   ingest   USAGE on the sequence pending_mark; without USAGE on the schema the list opens nothing else
//
// Both need functions of the extension as well. EXECUTE on them opens no account by itself, so it is given
// along and stays when a right is taken back.
#pragma once

#include "store/account/account.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

enum class privilege : std::uint8_t { ingest, read };

// Error 22023 when there is no such privilege.
privilege privilege_named(std::string_view name);

// Errors: 42704 no such role, PUBLIC among them.
Oid require_role(const std::string &name);

// The caller has the rights of the account's owner and holds the registry's lock.
void grant(const account &of, const std::string &role, privilege what);
void revoke(const account &of, const std::string &role, privilege what);

// Roles that were given the right to read one of these accounts, by name.
std::vector<std::string> readers_of(pgcxx::spi::session &sql, const std::vector<std::string> &accounts);

// Gives the functions to all who have rights on the account: a dump of the account alone does not hold these.
void grant_functions_again(const account &of);

// The default privileges of the account's owner for its readers: they belong to a role and not to the schema,
// so a change of the owner takes them back and gives them anew.
void grant_later_tables(const account &of, const std::vector<std::string> &readers);
void revoke_later_tables(const account &of, const std::vector<std::string> &readers);

} // namespace pgcrm::store
