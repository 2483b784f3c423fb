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

#include "store/account/account.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// A body and when it came. One that is sent through again (crm_replay) keeps its history.
struct incoming_body {
    std::string_view text;
    pgcxx::timestamptz first_received_at;
    pgcxx::timestamptz last_received_at;
    std::int64_t times = 1;
};

struct ingest_result {
    std::string outcome; // stored, duplicate, unhandled or quarantined
    std::optional<std::string> stream;
    std::optional<std::string> event_id;
    std::optional<std::vector<std::string>> problems;
};

struct ingest_counts {
    std::int64_t bodies = 0, stored = 0, duplicate = 0, unhandled = 0, quarantined = 0;

    void add(const std::vector<ingest_result> &results);
};

// Bodies that come now. They outlive the call; results are in their order.
std::vector<ingest_result> ingest(const account &of, std::span<const std::string_view> bodies);

std::vector<ingest_result> ingest(const account &of, std::span<const incoming_body> bodies);

} // namespace pgcrm::store
