// Bodies that are in the account already, sent through ingest once more after a mapping was mended.
#pragma once

#include "store/event/ingest.hpp"

#include <optional>
#include <string_view>

namespace pgcrm::store {

// The bodies of table quarantine, with `stream` those of that stream only. One that is refused again keeps
// its row, with the reasons that hold now.
ingest_counts replay_quarantined(const account &of, std::optional<std::string_view> stream);

// The bodies of table other_event.
ingest_counts replay_unhandled(const account &of);

} // namespace pgcrm::store
