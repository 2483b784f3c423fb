// The role that owns an account: who may name one, and how an account passes to another.
#pragma once

#include "store/account/account.hpp"

#include <string>

namespace pgcrm::store {

// Error 42501 unless the caller acts with the rights of this role.
void check_may_act_as(Oid role);

// Error 42501 unless the caller may make schemas in this database.
void check_may_make_schemas();

// Gives the schema with all that its owner has in it and the compatible views to another role. Rights that
// were granted stay. Waits until nothing of the account is under way.
// Errors: 42501 the caller may not, 55000 the tables hold code that would run as somebody more powerful.
void change_owner(account &of, Oid new_owner);

// Waits until no ingest, refresh or rebuild of the account is under way, and keeps others away from it
// until the end of the transaction.
void lock_out_others(const account &of);

} // namespace pgcrm::store
