// Which leads a refresh takes.
//
// Claim first, compute later: the marks are deleted before the observations are read, by
// separate statements of one READ COMMITTED transaction. An event that commits in between
// has a mark of its own, which stays for the next refresh; so no update is lost.
#pragma once

#include "store/account/account.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// Deletes the marks of the first pending leads, at most `most`, and returns these leads in order. Marks of
// the whole account are not among them.
std::vector<std::string> claim_pending(pgcxx::spi::session &sql, const account &of, std::int64_t most);

// In place of a lead: what is known of all observations and definitions together is not up to date, because
// an observation was withdrawn or a stage was defined.
inline constexpr std::string_view whole_account_mark; // empty, as no lead is

void mark_whole_account(pgcxx::spi::session &sql, const account &of);

// Takes these marks; whether there were any.
bool claim_whole_account(pgcxx::spi::session &sql, const account &of);

// Deletes the marks of all pending leads.
void claim_all_leads(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
