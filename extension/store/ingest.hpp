// Ingest: many bodies in, each stored as what it is, a result for each.
//
//   bodies ──decode──> events by stream ──insert──> stored ───> observations, pending marks
//                      unhandled ────────────────> other_event
//                      rejected, conflicting ────> quarantine
//
// All bodies of a batch are stored in one subtransaction. When the server raises, the batch is
// halved until the body that it objects to is alone; that one goes to quarantine with the
// server's message, its neighbours are stored.
#pragma once

#include "store/account.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

struct ingest_result {
    std::string outcome; // stored, duplicate, unhandled or quarantined
    std::optional<std::string> stream;
    std::optional<std::string> event_id;
    std::optional<std::vector<std::string>> problems;
};

// `bodies` outlive the call. Results are in the order of the bodies.
std::vector<ingest_result> ingest(const account &of, std::span<const std::string_view> bodies);

} // namespace pgcrm::store
