// The views of schema crm_bi: all accounts side by side, for BI tools.
//
// They are made at run time, again whenever an account comes or goes, so they are ordinary
// objects that a dump holds complete. store/face/bi_query.hpp says what they show, store/face/bi_parts.hpp
// how they are made of many accounts.
//
// The views belong to the extension's owner and read tables of others. So an account gets a branch
// only when its tables are tables with columns of the types known here: a view or a type of the
// account's owner in their place would run his code as whoever reads.
#pragma once

#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"

#include <string>
#include <vector>

namespace pgcrm::store {

// Makes the views for all registered accounts whose tables are as this version made them; others
// are left out with a warning. The caller holds the registry's lock.
// Views that were gone come back with the rights of those who may read one of the accounts.
// Error 42501 when schema crm_bi or a view in it belongs to somebody else.
void make_bi_views();

// Makes the views again when they are gone: dropping one account's schema by hand takes the views
// of all along. Waits for nobody; what hinders it is a warning.
void restore_bi_views();

// Lets roles read what is there of crm_bi; each sees the accounts whose schema it may use.
void grant_bi_views(const std::vector<std::string> &roles);
void grant_bi_views_to_readers(const account &of);

} // namespace pgcrm::store
