// SQL that follows from the names of columns. What is stored is called t, what is sent is $1, an array of
// rows, which are called r.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace pgcrm::store {

// r."a", r."b"; without an alias "a", "b"
pgcxx::statement list_of(std::span<const std::string_view> columns, pgcxx::sql_literal alias);

// t."a" = r."a" and t."b" = r."b"
pgcxx::statement same_in(std::span<const std::string_view> columns, pgcxx::sql_literal left,
                         pgcxx::sql_literal right);

// Of a table whose first `key_size` columns are its key.
struct row_texts {
    row_texts(std::span<const pgcxx::wanted_column> columns, std::size_t key_size);

    pgcxx::statement selection; // select t."a", (t."money" * 100)::bigint
    pgcxx::statement insertion; //  ("a", "b") select r."a", r."b" from unnest($1) r
    pgcxx::statement replacing; //  on conflict ("a") do update set ("b") = row(excluded."b")
    pgcxx::statement is_absent; // t."a" is null
    pgcxx::statement same_key;  // t."a" = r."a"
    pgcxx::statement unlike;    // row(t."b") is distinct from row(r."b")
};

} // namespace pgcrm::store
