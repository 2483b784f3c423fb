// Makes the views of crm_bi over all accounts; of many in parts, so that one that comes or goes costs little.
//
//   up to 32 accounts     crm_bi.funnel_monthly ──> tables of each account
//   more                  crm_bi.funnel_monthly ──> crm_bi.part_1_of_funnel_monthly ──> tables of some
//   accounts
//                                              └──> ... 16 of them
//
// The server parses, stores and indexes each branch again whenever a view is replaced: with 250 accounts in
// one view that takes seconds. An account's part follows from its name. A part keeps in its comment a digest
// of what it was made of, the tables' numbers included; one that would come out the same is left as it is.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <string>
#include <vector>

namespace pgcrm::store {

// To be called as the extension's owner. Returns the accounts, in order, whose tables are as this version
// made them; the others have no branch.
std::vector<std::string> make_views_over(pgcxx::spi::session &sql, const std::vector<std::string> &accounts);

} // namespace pgcrm::store
