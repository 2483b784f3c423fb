// Replacing a stored event by another one of its key, and deriving observations from the stored events, do
// not go on at the same time: a rebuild reads an event long before it writes what the event says, and would
// bring back what was replaced meanwhile. Events that take nobody's place come in without this lock.
//
// It is a lock on the account's own row, held to the end of the transaction: nobody but this account feels
// it, it goes where the row goes, and no lock of a table is asked for.
//
//                                    FOR KEY SHARE   FOR NO KEY UPDATE   FOR UPDATE
//   who replaces: FOR KEY SHARE           -                 -               waits
//   a refresh: FOR NO KEY UPDATE          -               waits             waits
//   who derives: FOR UPDATE             waits             waits             waits
//
// So those who replace do not wait for each other, nor for a refresh, which holds and writes the row for as
// long as it runs: it changes no column of a key, and a lock FOR KEY SHARE is carried over to the version of
// the row that it leaves, where who derives meets it. That is what the server itself does for foreign keys.
//
// Nor do they wait behind one who wants to derive and waits for others of them: they may hold what these wait
// for, the key of an event, and a lock that is given in the order of asking would close a circle, which the
// server opens only after deadlock_timeout. The price is that he waits for a moment in which nobody replaces;
// batches are short.
#pragma once

#include "store/account/account.hpp"

namespace pgcrm::store {

void lock_for_replacing(pgcxx::spi::session &sql, const account &of);

// Who derives has the account's row already, as a refresh has it: there is one, and he locks it harder.
void lock_for_deriving(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
