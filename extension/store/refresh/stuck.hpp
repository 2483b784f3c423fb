// Leads that cannot be brought up to date: an error that is theirs alone, such as a trigger of the customer's
// own that refuses a row (rows/error_kind.hpp). They keep the stays and the place in the marts that they had,
// are shown, and are tried again when something new comes of them, by crm_repair and by crm_rebuild.
#pragma once

#include "store/account/account.hpp"
#include "store/rows/error_kind.hpp"

#include <span>
#include <string>

namespace pgcrm::store {

void park(pgcxx::spi::session &sql, const account &of, const std::string &lead, const data_failure &failure);

// These leads are up to date.
void release(pgcxx::spi::session &sql, const account &of, std::span<const std::string> leads);

// Marks all of them pending. Returns how many there were.
std::int64_t mark_stuck_pending(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
