// What the relations of crm_bi show: their columns, and where one account's rows come from.
//
// Each is a foreign table over all accounts, whose rows the extension's own foreign data wrapper takes from
// one account after the other by a query that runs as the account's owner (store/face/account_query.hpp).
// Before the columns here stands the account's name, after them stand as_of and pending_leads.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

struct face_column {
    std::string_view name;
    pgcxx::sql_literal type;
    pgcxx::statement value; // of the rows; empty for the account's name
    std::string comment;
};

struct face_relation {
    std::string name;
    std::string comment;
    std::vector<face_column> columns;  // all of them
    std::vector<std::string_view> key; // of an account's rows: at most one is equal in all of these; none is
                                       // known when empty
    std::string_view table;            // of the account: as many rows as this has are expected
    // From where on: the account's tables, its own row as a, and which rows of them.
    pgcxx::statement (*rows)(const face_relation &of, const std::string &account);

    const face_column *find_column(std::string_view wanted) const;
};

// In order of their names. Lifetime: per backend, never freed.
const std::vector<face_relation> &face_relations();

// Null when there is none.
const face_relation *find_face_relation(std::string_view name);

} // namespace pgcrm::store
