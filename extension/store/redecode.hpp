// Observations, and if wanted the typed columns, derived again from the stored events.
#pragma once

#include "store/account.hpp"

#include <cstdint>

namespace pgcrm::store {

enum class event_columns : std::uint8_t { kept, decoded_again };

// Deletes all observations of the account and derives them from the bodies of its events.
// An event that is ingested meanwhile brings its own observation.
// Error 55000 when an event cannot be read by its stream's mapping any more.
void derive_observations_again(pgcxx::spi::session &sql, const account &of, event_columns columns);

} // namespace pgcrm::store
