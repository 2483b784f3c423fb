// The tables of an account for the events of its streams, which follow from the streams' mappings.
#pragma once

#include "core/mapping/mapping.hpp"
#include "store/account/account.hpp"

#include <span>

namespace pgcrm::store {

// The SQL type of a column.
pgcxx::statement sql_type(const column &of);

// Makes the tables that the streams need and the account has not, and adds the columns that tables lack.
// Error 55000 when a column is of another type or the key is another.
void fit_typed_tables(const account &of, std::span<const stream> streams);

} // namespace pgcrm::store
