// Events whose key is taken: whether they mean the same as the stored one, and which of the two stays.
#pragma once

#include "store/event/event_rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pgcrm::store {

// Of rows whose keys are taken: the numbers of those that mean something else than the stored row. Those rows
// are locked in key order, so that two batches with the same conflicts do not wait for each other. Where
// there are any, waits for a rebuild that derives observations again.
std::vector<std::size_t> conflicting_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                            std::span<const event_row> rows);

// How a conflict between a stored event and another of the same key ended. Unless the stream says "replace",
// the winner does not depend on which came first: it is the one with the newer source time (or the greater
// value of the column that replace_if_newer names), then the one with the greater digest.
struct settled_conflict {
    bool newcomer_wins = false; // and stands in the stored one's place
    std::string losing_body;    // as the server prints it, so it is the same whichever came first
    std::string replaced_lead;  // whose observation the stored event was; empty when it was none
};

// None when the row means the same as the stored one.
std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row);

} // namespace pgcrm::store
