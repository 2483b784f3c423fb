#include "store/face/account_filter.hpp"

namespace pgcrm::store {
namespace {

// A row of nulls but for the name.
void fill_in(TupleTableSlot *row, AttrNumber column, Datum name) {
    ExecClearTuple(row);
    for (int i = 0; i < row->tts_tupleDescriptor->natts; ++i)
        row->tts_isnull[i] = true;
    row->tts_values[column - 1] = name;
    row->tts_isnull[column - 1] = false;
    ExecStoreVirtualTuple(row);
}

} // namespace

account_filter account_filter::of_scan(ForeignScanState *node, List *conditions, AttrNumber account_column) {
    account_filter made;
    if (conditions == NIL)
        return made;
    made.may_tell_ = pgcxx::call(contain_leaked_vars, reinterpret_cast<Node *>(conditions));
    made.conditions_ = pgcxx::call(ExecInitQual, conditions, &node->ss.ps);
    made.context_ = node->ss.ps.ps_ExprContext;
    made.row_ = node->ss.ss_ScanTupleSlot;
    made.column_ = account_column;
    return made;
}

account_filter account_filter::of_plan(List *conditions, TupleDesc columns, AttrNumber account_column) {
    account_filter made;
    if (conditions == NIL)
        return made;
    made.column_ = account_column;
    pgcxx::island([&made, conditions, columns] {
        made.may_tell_ = contain_leaked_vars(reinterpret_cast<Node *>(conditions));
        EState *const state = CreateExecutorState(); // in the planner's memory, which goes with the plan
        made.conditions_ = ExecPrepareQual(conditions, state);
        made.context_ = GetPerTupleExprContext(state);
        made.row_ = MakeTupleTableSlot(columns, &TTSOpsVirtual);
    });
    return made;
}

bool account_filter::passes(const std::string &account) const {
    if (!conditions_)
        return true;
    const char *const name = account.c_str();
    return pgcxx::island([this, name] {
        MemoryContext const caller = MemoryContextSwitchTo(context_->ecxt_per_tuple_memory);
        fill_in(row_, column_, CStringGetTextDatum(name));
        MemoryContextSwitchTo(caller);
        context_->ecxt_scantuple = row_;
        const bool passed = ExecQual(conditions_, context_);
        ExecClearTuple(row_);
        ResetExprContext(context_);
        return passed;
    });
}

} // namespace pgcrm::store
