// Rows of a stream's table on their way into SQL: as one parameter, an array of the table's row type, and the
// pieces of SQL that name its columns.
#pragma once

#include "core/mapping/decoder.hpp"
#include "store/account/account.hpp"
#include "store/rows/prepared.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// A decoded event on its way into its table; views are kept by the caller.
struct event_row {
    std::size_t number; // of the body within the batch
    std::span<const cell> cells;
    std::string_view body;
    std::string_view image; // of the body as jsonb, see core/json/jsonb_image.hpp
    pgcxx::timestamptz received_at;
};

std::vector<std::size_t> all_columns(const stream &kind);

// The columns that come from a pointer, by number.
std::vector<std::size_t> sent_columns(const stream &kind);

// Name of the column that holds the whole body; empty when the stream keeps none.
std::string_view body_column(const stream &kind);

std::vector<const event_row *> in_order_given(std::span<const event_row> rows);

// Any order will do that is the same in all batches.
std::vector<const event_row *> in_key_order(const stream &kind, std::span<const event_row> rows);

// The rows as $1, of some columns; the others are null.
parameters rows_of(const account &of, const stream &kind, const std::vector<std::size_t> &columns,
                   const std::vector<const event_row *> &rows);

// "a", "b"
pgcxx::statement names_of(const stream &kind, const std::vector<std::size_t> &columns);

// r."a", r."b"
pgcxx::statement columns_of(const stream &kind, const std::vector<std::size_t> &columns,
                            pgcxx::sql_literal alias);

// t."a" = r."a" and t."b" = r."b", of the key's columns
pgcxx::statement same_key(const stream &kind, pgcxx::sql_literal alias);

// A pointer as an array of text, for #> and #>>.
pgcxx::statement path_of(const json_pointer &pointer);

} // namespace pgcrm::store
