// What the database made of one body.
#pragma once

#include "operations/metrics.hpp"

#include <string>

namespace pgcrm::gateway {

struct ingest_result {
    enum class kind : std::uint8_t {
        committed,   // by a transaction whose commit was seen
        refused,     // an error that this very body makes
        unavailable, // not now: nothing was kept
    };
    kind is = kind::unavailable;
    outcome what = outcome::stored;
    std::string stream, event_id; // empty where there is none
    std::string problems;         // a JSON array of texts, or empty
    std::string sqlstate;         // of an error
    refusal why = refusal::database_away;
};

} // namespace pgcrm::gateway
