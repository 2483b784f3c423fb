// Conditions that speak of the account's name alone, asked of each name before anything of the account is
// opened.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <string>

namespace pgcrm::store {

// Plain data of the executor, in its memory.
class account_filter {
public:
    account_filter() = default; // lets all pass

    // At run time: conditions of a scan, whose own slot is borrowed while the scan has not given a row.
    static account_filter of_scan(ForeignScanState *node, List *conditions, AttrNumber account_column);

    // While planning: those whose values are known by then. `columns` is the foreign table's row.
    static account_filter of_plan(List *conditions, TupleDesc columns, AttrNumber account_column);

    bool passes(const std::string &account) const;

    // Whether the conditions could tell the reader, by an error or a message, of names that they do not let
    // through. Then they are asked of no account that is not his to read.
    bool may_tell() const noexcept { return may_tell_; }

private:
    ExprState *conditions_ = nullptr;
    ExprContext *context_ = nullptr;
    TupleTableSlot *row_ = nullptr;
    AttrNumber column_ = 0;
    bool may_tell_ = false;
};

} // namespace pgcrm::store
