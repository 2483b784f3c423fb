// The tables of an account, as crm_account_create makes them.
//
// Built-in types only, no triggers, no foreign keys, a primary key everywhere: so the schema
// can be dumped and restored by itself, survives DROP EXTENSION, and moves to another node as one piece.
// The tables of the streams follow from the streams' mappings.
#pragma once

#include "core/mapping.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account.hpp"

#include <span>
#include <string_view>

namespace pgcrm::store {

// Makes the schema as the caller for the account's owner, and the tables as that owner.
void create_schema(const account &of, std::span<const stream> streams);

// Writes the account's own row.
void write_own_row(const account &of, std::string_view time_zone);

// Error 55000 unless the schema has all relations of the layout, and its owner owns them: whoever may create
// in a schema that lacks one can put up his own.
void check_relations(const account &of, std::span<const stream> streams);

} // namespace pgcrm::store
