// Observations, and if wanted the typed columns, derived again from the stored events.
#pragma once

#include "store/account/account.hpp"
#include "store/refresh/rebuild_progress.hpp"

#include <cstdint>

namespace pgcrm::store {

// Kept: but for those of events whose observations come out otherwise.
enum class event_columns : std::uint8_t { kept, decoded_again };

// Derives all observations of the account from the bodies of its events, and writes those that differ from
// the stored ones. An event that is ingested meanwhile brings its own observation; one that takes another
// one's place waits until the end of this transaction. Under the account's lock. Error 55000 when an event
// cannot be read by its stream's mapping any more.
void derive_observations_again(pgcxx::spi::session &sql, const account &of, event_columns columns,
                               rebuild_progress &progress);

} // namespace pgcrm::store
