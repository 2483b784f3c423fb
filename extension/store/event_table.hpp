// Bronze: the typed rows of one stream.
//
// Rows go in as one array of the table's row type, one statement for a batch, in key order: two batches that
// hold the same ids in opposite order would otherwise wait for each other.
#pragma once

#include "store/event_rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

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

} // namespace pgcrm::store
