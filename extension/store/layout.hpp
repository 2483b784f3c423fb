// The tables of an account, as crm_account_create makes them.
//
// Built-in types only, no triggers, no foreign keys, a primary key everywhere: so the schema
// can be dumped and restored by itself, survives DROP EXTENSION, and moves to another node as one piece.
// The tables of the streams follow from the streams' mappings.
#pragma once

#include "core/mapping.hpp"
#include "pgcxx/pgcxx.hpp"

#include <span>
#include <string_view>

namespace pgcrm::store {

// Makes schema and tables as the current user, who becomes their owner.
void create_schema(pgcxx::spi::session &sql, std::string_view account, std::span<const stream> streams);

// Writes the account's own row.
void write_own_row(pgcxx::spi::session &sql, std::string_view account, std::string_view source,
                   std::string_view time_zone);

} // namespace pgcrm::store
