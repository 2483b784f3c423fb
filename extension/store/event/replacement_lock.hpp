// Replacing a stored event by another one of its key, and deriving observations from the stored events, do
// not go on at the same time: a rebuild reads an event long before it writes what the event says, and would
// bring back what was replaced meanwhile. Events that take nobody's place come in without this lock.
//
// It is a lock on a table that only refreshes and rebuilds write, which are one at a time: ROW EXCLUSIVE for
// those who replace, SHARE for who derives. Held to the end of the transaction.
#pragma once

#include "store/account/account.hpp"

namespace pgcrm::store {

void lock_for_replacing(pgcxx::spi::session &sql, const account &of);

// With the account's own lock, so that there is one who derives.
void lock_for_deriving(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
