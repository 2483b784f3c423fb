// Events whose key is taken: whether they mean the same as the stored one, and which of the two stays.
#pragma once

#include "store/event/event_rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pgcrm::store {

// Of rows that were not inserted, by their numbers: those that would change the stored row of their key,
// being newer or of another meaning, and those whose key is not stored. The latter a trigger of the owner's
// has kept out, or somebody has deleted what was there.
struct unlike_stored {
    std::vector<std::size_t> differing;
    std::vector<std::size_t> absent; // in order
};

// One look-up without a lock: most repeats are mere duplicates, and need not wait for a rebuild.
unlike_stored compare_with_stored(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                  std::span<const event_row> rows);

// Waits until a rebuild that derives observations again is over, and locks the stored rows of the same keys,
// in key order, so that two batches with the same conflicts do not wait for each other.
void lock_stored(pgcxx::spi::session &sql, const account &of, const stream &kind,
                 std::span<const event_row> rows);

// How a contest between a stored event and another of the same key ended. Unless the stream says "replace",
// in which the last to come wins, the greater one stands, whichever came first: the one with the newer time
// by the source's clock (or the greater value of the column that replace_if_newer names), then the one with
// the greater digest of what it means. So a newer one takes the stored one's place also where it means the
// same.
struct settled_conflict {
    bool newcomer_wins = false;  // and stands in the stored one's place,
    bool is_kept_out = false;    // but for a trigger of the owner's, which let nothing be written
    bool is_of_one_time = false; // nothing but the digest decided
    bool means_the_same = false;
    std::string losing_body;   // as the server prints it, so it is the same whichever came first
    std::string replaced_lead; // whose observation the stored event was; empty when it was none
};

// None when the row is a mere repeat of the stored one. Rows of one key are settled in the order in which
// they came.
std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row);

} // namespace pgcrm::store
