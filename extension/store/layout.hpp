// The tables of an account, as crm_account_create makes them.
//
// Built-in types only, no triggers, no foreign keys, a primary key everywhere: so the schema
// can be dumped and restored by itself, survives DROP EXTENSION, and moves to another node as one piece.
// The tables of the streams follow from the streams' mappings.
#pragma once

#include "core/mapping/mapping.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"

#include <span>
#include <string_view>

namespace pgcrm::store {

// Makes the schema as the caller for the account's owner, and the tables as that owner.
void create_schema(const account &of, std::span<const stream> streams);

// Brings the tables of an account of layout `from` up to date, as their owner.
// Errors: 55000 a newer layout, or a table of a stream that the stream's mapping of now does not fit.
void upgrade_schema(const account &of, std::int32_t from, std::span<const stream> streams);

// Makes the tables that the streams need and the account has not, and adds the columns that tables lack.
// Error 55000 when a column is of another type or the key is another.
void fit_stream_tables(const account &of, std::span<const stream> streams);

// The SQL type of a column.
pgcxx::statement sql_type(const column &of);

// Writes the account's own row.
void write_own_row(const account &of, std::string_view time_zone);

// Error 55000 unless the schema has all relations of the layout, and its owner owns them: whoever may create
// in a schema that lacks one can put up his own.
void check_relations(const account &of, std::span<const stream> streams);

} // namespace pgcrm::store
