// Gold: the cells of an account's marts.
#pragma once

#include "core/marts/mart_sums.hpp"
#include "store/account/account.hpp"

namespace pgcrm::store {

// Adds the sums to the stored cells in key order and removes those that become empty. Returns how many cells
// of all marts were changed.
std::int64_t add_to_marts(pgcxx::spi::session &sql, const account &of, const mart_sums &delta);

// Empties the marts, for adding all leads up again. Other transactions see the old cells until the end.
void clear_marts(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
