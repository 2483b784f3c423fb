// Bronze: the typed rows of one stream.
//
// Rows go in as one array of the table's row type, one statement for a batch, in key order: two batches that
// hold the same ids in opposite order would otherwise wait for each other.
#pragma once

#include "store/event/event_rows.hpp"

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

// The rules run as the account's owner over the typed columns of the rows; null passes, as in a CHECK. Those
// that speak of one of the columns `without` are left out.
std::vector<broken_rules> rows_that_break_rules(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, std::span<const event_row> rows,
                                                std::span<const std::size_t> without = {});

// Inserts rows of one stream, whose keys differ from each other. Returns the numbers of those
// stored; the keys of the others are taken already, or a trigger of the owner's has kept them out.
std::vector<std::size_t> insert_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                       std::span<const event_row> rows);

// Of stored events that were decoded again, and have the keys that they had: writes the columns that have
// changed and returns in how many rows.
std::uint64_t rewrite_columns(pgcxx::spi::session &sql, const account &of, const stream &kind,
                              std::span<const event_row> rows);

// The key of a row that was decoded, and an expression for the key of a stored row, which is the same text
// for the same key.
std::string key_text(const stream &kind, std::span<const cell> cells);
pgcxx::statement key_expression(const stream &kind, pgcxx::sql_literal alias);

// Error 23000: a trigger of the owner's has written the event under another key.
[[noreturn]] void refuse_changed_key(const stream &kind, std::string_view key);

// Error 55000: by its mapping of now an event has another key than the one that it is stored under.
[[noreturn]] void refuse_another_key(const stream &kind);

} // namespace pgcrm::store
