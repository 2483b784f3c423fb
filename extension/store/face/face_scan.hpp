// A scan of a relation of crm_bi: one account after the other is opened as its owner, and its rows are taken
// by portions.
//
//   the reader's plan ── begin ─ next ─ next ... ─ end
//                          │        └ opens the account's query inside the owner scope, at first in a
//                          subtransaction: │          one that cannot be opened is left out with a warning └
//                          which accounts: registered, let through by the conditions, the reader's to read
//
// Nothing of an account is planned or run outside its owner's scope, and no cursor is open that somebody
// else's code could name. The snapshot is the reader's. An error after an account's first thousand rows fails
// the reader's query: rows that were given cannot be taken back.
#pragma once

#include "pgcxx/pgcxx.hpp"

namespace pgcrm::store {

// Callbacks of the executor.
void begin_scan(ForeignScanState *node, int flags);
TupleTableSlot *next_row(ForeignScanState *node);
void scan_again(ForeignScanState *node);
void end_scan(ForeignScanState *node);
void explain_scan(ForeignScanState *node, ExplainState *to);

} // namespace pgcrm::store
