// Which conditions of a reader's query an account's own query can meet, and which speak of the account alone.
//
//   lead_id = $1, month >= current_date - 90, owner in (...), currency is null     go down, as parameters
//   account like 'north%'                                                          is asked of each name
//   before the
//                                                                                  account is opened
//   lower(owner) = 'ana', stage < 'x' in the order of a language                   stay with the reader's
//   query
//
// A condition that goes down means the same there: its operator is one of the server's own, of the column's
// own order, and texts are equal byte for byte. Its value is computed by the reader and is a parameter. All
// of this is plain C, run by the planner: it may jump, and owns nothing.
#pragma once

#include "store/face/account_query.hpp"

namespace pgcrm::store {

// What one clause asks of one column.
struct pushed_condition {
    AttrNumber column;
    comparison how;
    Expr *value; // null where there is none
};

// Conditions of one foreign table, each list in the order in which they were written.
struct divided_conditions {
    List *of_account; // clauses that look at no other column
    List *pushed;     // clauses that is_pushable() says yes to
    List *kept;       // RestrictInfo of the rest
};

bool is_pushable(PlannerInfo *root, RelOptInfo *relation, Expr *clause, pushed_condition *found);

// Of a list of RestrictInfo.
divided_conditions divide(PlannerInfo *root, RelOptInfo *relation, AttrNumber account_column,
                          List *conditions);

} // namespace pgcrm::store
