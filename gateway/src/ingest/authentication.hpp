// Who may send to which account.
//
// A request shows a secret: as password of Basic, as Bearer token, or as ?token= in its target. An account
// that does not exist and a secret that is wrong cost the same work and get the same answer, so that nobody
// can find out the names of accounts. Only while the database cannot read an account's secrets the answer is
// another, "not now": a sender who is told that he is nobody gives up, and his events are lost.
#pragma once

#include "ingest/accounts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pgcrm::gateway {

// As many secrets as an account may have at one time (crm_secret_add sees to it).
inline constexpr std::size_t most_secrets = 16;

// The secret in an Authorization header of the schemes Basic and Bearer; none when it is of another kind.
std::optional<std::string> secret_of_authorization(std::string_view header);

// The account, when there is one of this name and the secret opens it now.
const account_entry *opened_account(const directory &among, std::string_view name, std::string_view shown,
                                    time_point now);

// Whether a secret that does not open the account may do so when its secrets can be read again.
bool may_open_later(const directory &among, std::string_view name, std::string_view shown);

} // namespace pgcrm::gateway
