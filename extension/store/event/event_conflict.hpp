// Events whose key is taken: whether they mean the same as the stored one, and which of the two stays.
#pragma once

#include "store/event/event_rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pgcrm::store {

// Of rows that were not inserted, by their numbers: those that mean something else than the stored row of
// their key, and those whose key is not stored. The latter a trigger of the owner's has kept out, or somebody
// has deleted what was there.
struct unlike_stored {
    std::vector<std::size_t> differing;
    std::vector<std::size_t> absent; // in order
};

// One look-up without a lock: most repeats are mere duplicates, and need not wait for a rebuild.
unlike_stored compare_with_stored(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                  std::span<const event_row> rows);

// The numbers of those that differ from the stored row, in order, once a rebuild that derives observations
// again is over. The stored rows are locked in key order, so that two batches with the same conflicts do not
// wait for each other.
std::vector<std::size_t> lock_conflicting(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                          std::span<const event_row> rows);

// How a conflict between a stored event and another of the same key ended. Unless the stream says "replace",
// the winner does not depend on which came first: it is the one with the newer source time (or the greater
// value of the column that replace_if_newer names), then the one with the greater digest.
struct settled_conflict {
    bool newcomer_wins = false; // and stands in the stored one's place,
    bool is_kept_out = false;   // but for a trigger of the owner's, which let nothing be written
    std::string losing_body;    // as the server prints it, so it is the same whichever came first
    std::string replaced_lead;  // whose observation the stored event was; empty when it was none
};

// None when the row means the same as the stored one.
std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row);

} // namespace pgcrm::store
