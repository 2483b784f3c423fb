// What the views of crm_bi show: their columns, and for each account a branch that reads its tables.
//
// Each branch carries the literal name of its account, so that the planner leaves out the others, and shows
// rows only to readers who may use that schema. The server stores, and parses for whoever reads, each branch
// as a tree: so tables are listed with commas, since a join repeats the columns of all that it joins.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

struct bi_column {
    std::string_view name;
    pgcxx::sql_literal type;
    pgcxx::statement value; // of the rows
};

// Before its columns stands the account, after them as_of and pending_leads.
struct bi_view {
    std::string name;
    std::vector<bi_column> columns;
    // From where on: the tables, with the account's row as a, and which rows of them.
    std::function<pgcxx::statement(const std::string &account)> rows;
    std::string comment;
};

std::vector<bi_view> bi_views();

// The query of a view over these accounts; without any it has the same columns.
pgcxx::statement query_of(const bi_view &view, const std::vector<std::string> &accounts);

// All that the branches read, as rows (relation, attribute, type) of a VALUES list.
pgcxx::statement columns_read();

} // namespace pgcrm::store
