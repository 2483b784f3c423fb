// The tables of the marts, made from what each mart says of itself, and those of what was reported.
#pragma once

#include "core/marts/mart.hpp"
#include "store/account/account.hpp"
#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

// What was reported, and what has changed in it since.
const room_tables &reporting_tables();

// Makes the tables of marts that the account has not: all of a new account, and those that came with a newer
// version of the extension. Returns whether there were any; then everything has to be built, and the
// account's row says so. Error 55000 when a relation of that name belongs to somebody else.
bool make_missing_marts(pgcxx::spi::session &sql, const account &of);

// Error 55000 when the account lacks the table of the mart, or of any; its next refresh makes it.
void check_has_mart(const account &of, const mart &wanted);
void check_has_marts(const account &of);

} // namespace pgcrm::store
