// The schema of an account as a whole: the tables of all rooms, made, brought up to date and looked for.
#pragma once

#include "core/mapping/mapping.hpp"
#include "store/account/account.hpp"

#include <span>
#include <string_view>

namespace pgcrm::store {

// Since then observations of the shipped streams have the source's own order as their sequence, and all have
// their flags in one column.
inline constexpr std::int32_t layout_with_sequences = 4;

// Makes the schema as the caller for the account's owner, and the tables as that owner.
void create_schema(const account &of, std::span<const stream> streams);

// Brings the tables of an account of layout `from` up to date, as their owner; what is stored in them, too.
// Error 55000 when a table of a stream does not fit the stream's mapping of now.
void upgrade_schema(const account &of, std::int32_t from, std::span<const stream> streams);

// Writes the account's own row.
void write_own_row(const account &of, std::string_view time_zone);

// Error 55000 unless the schema has all relations of the layout, and its owner owns them: whoever may create
// in a schema that lacks one can put up his own.
void check_relations(const account &of, std::span<const stream> streams);

} // namespace pgcrm::store
