// Gold: funnel_monthly, changed by sums of contributions only.
#pragma once

#include "core/funnel.hpp"
#include "store/account.hpp"

namespace pgcrm::store {

// Adds the sums to the mart in key order and removes cells that become all zero.
// Returns how many cells changed.
std::int64_t add_to_funnel(pgcxx::spi::session &sql, const account &of, const funnel_sum &delta);

// Removes all cells, so that the mart can be added up again.
void clear_funnel(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
