// A scan of a relation of crm_bi in the reader's plan: how many rows to expect, what goes down to the
// accounts, and what the executor is told of it.
#pragma once

#include "store/face/pushdown.hpp"

namespace pgcrm::store {

// What the plan tells the executor, as the nodes that a plan may hold.
struct planned_scan {
    List *conditions; // of lists: column, comparison; those that go down, in order
    List *outputs;    // columns that somebody looks at
    AttrNumber account_column;
    int values; // how many expressions of the plan are parameters of the account's query; the rest ...
    int account_conditions; // ... are conditions of the account's name
    int limit;              // rows of an account that suffice; 0: all are wanted
    int accounts;           // that were expected to be opened
};

planned_scan scan_of(const ForeignScan *plan);

// The relation of crm_bi that a foreign table is. Errors: HV00J a table without the option, HV00R one of an
// unknown relation.
const face_relation &relation_of(Oid table);

// Number of the column in the foreign table. Error HV005 when it has none of that name.
AttrNumber account_column_of(TupleDesc columns);

// Callbacks of the planner.
void estimate_scan(PlannerInfo *root, RelOptInfo *relation, Oid table);
void add_scan_paths(PlannerInfo *root, RelOptInfo *relation, Oid table);
ForeignScan *make_scan(PlannerInfo *root, RelOptInfo *relation, Oid table, ForeignPath *best, List *targets,
                       List *conditions, Plan *outer);

} // namespace pgcrm::store
