// Observations derived again from the stored events.
#pragma once

#include "store/account.hpp"

namespace pgcrm::store {

// Deletes all observations of the account and derives them from the bodies of its events.
// An event that is ingested meanwhile brings its own observation.
void derive_observations_again(pgcxx::spi::session &sql, const account &of);

} // namespace pgcrm::store
