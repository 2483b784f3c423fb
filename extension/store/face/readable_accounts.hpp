// The accounts that a reader of crm_bi sees. What is asked here is answered by the server's catalogs: nothing
// of an account is planned or run.
#pragma once

#include "store/account/account.hpp"
#include "store/face/account_filter.hpp"

#include <string_view>
#include <vector>

namespace pgcrm::store {

// By name: registered, let through, and the current user's to read.
std::vector<account> readable_accounts(const account_filter &which);

// The rows that the account's table had when it was last analysed or vacuumed.
double expected_rows(const account &of, std::string_view table);

} // namespace pgcrm::store
