// Bronze: the typed rows of one stream.
//
// Rows go in as arrays, one statement for a batch, in key order: two batches that hold the
// same ids in opposite order would otherwise wait for each other.
#pragma once

#include "core/decoder.hpp"
#include "store/account.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// A decoded event on its way into its table; views are kept by the caller.
struct event_row {
    std::size_t number; // of the body within the batch
    std::span<const cell> cells;
    std::string_view body;
};

// Inserts rows of one stream, whose keys differ from each other. Returns the numbers of those
// stored; the keys of the others are taken already.
std::vector<std::size_t> insert_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                       std::span<const event_row> rows, pgcxx::timestamptz received_at);

// Of rows whose keys are taken: the numbers of those that mean something else than the stored row.
std::vector<std::size_t> conflicting_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                            std::span<const event_row> rows);

} // namespace pgcrm::store
