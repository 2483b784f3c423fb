// Bronze: the typed rows of one stream.
//
// Rows go in as one array of the table's row type, one statement for a batch, in key order: two batches that
// hold the same ids in opposite order would otherwise wait for each other.
#pragma once

#include "core/decoder.hpp"
#include "store/account.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// A decoded event on its way into its table; views are kept by the caller.
struct event_row {
    std::size_t number; // of the body within the batch
    std::span<const cell> cells;
    std::string_view body;
    std::string_view image; // of the body as jsonb, see core/jsonb_image.hpp
    pgcxx::timestamptz received_at;
};

// A row that breaks rules of its stream, and what these say of it.
struct broken_rules {
    std::size_t number;
    std::vector<std::string> problems;
};

// The rules run as the account's owner over the typed columns of the rows; null passes, as in a CHECK.
std::vector<broken_rules> rows_that_break_rules(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, std::span<const event_row> rows);

// Inserts rows of one stream, whose keys differ from each other. Returns the numbers of those
// stored; the keys of the others are taken already.
std::vector<std::size_t> insert_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                       std::span<const event_row> rows);

// Of stored events that were decoded again: writes the columns that have changed and returns in how many
// rows. Error 55000 when a row's key is not in the table: by the mapping of now it has another one.
std::uint64_t rewrite_columns(pgcxx::spi::session &sql, const account &of, const stream &kind,
                              std::span<const event_row> rows);

// Of rows whose keys are taken: the numbers of those that mean something else than the stored row. Those rows
// are locked in key order, so that two batches with the same conflicts do not wait for each other.
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
