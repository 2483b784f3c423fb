#include "store/face/pushdown.hpp"

namespace pgcrm::store {
namespace {

constexpr Oid first_of_users = FirstNormalObjectId; // what is below came with the server

const Var *column_of(RelOptInfo *relation, Node *node) {
    if (!node || !IsA(node, Var))
        return nullptr;
    const auto *const column = reinterpret_cast<const Var *>(node);
    const bool is_ours = column->varlevelsup == 0 && column->varno == static_cast<int>(relation->relid);
    return is_ours && column->varattno > 0 ? column : nullptr;
}

// Something that is known before the table is read.
bool is_value(PlannerInfo *root, RelOptInfo *relation, Node *node) {
    return !bms_is_member(static_cast<int>(relation->relid), pull_varnos(root, node)) &&
           !contain_volatile_functions(node) && !contain_subplans(node) && exprType(node) < first_of_users;
}

bool tells_bytes_apart(Oid collation) {
    return !OidIsValid(collation) || get_collation_isdeterministic(collation);
}

// The place of a comparison in the order of the column's type; 0 when it has none there.
int place_in_order(const Var *column, Oid comparing) {
    if (comparing >= first_of_users || column->vartype >= first_of_users)
        return 0;
    const Oid order = lookup_type_cache(column->vartype, TYPECACHE_BTREE_OPFAMILY)->btree_opf;
    return OidIsValid(order) ? get_op_opfamily_strategy(comparing, order) : 0;
}

bool compares(PlannerInfo *root, RelOptInfo *relation, const OpExpr *clause, pushed_condition *found) {
    if (list_length(clause->args) != 2)
        return false;
    Oid comparing = clause->opno;
    auto *value = static_cast<Node *>(lsecond(clause->args));
    const Var *column = column_of(relation, static_cast<Node *>(linitial(clause->args)));
    if (!column) {
        column = column_of(relation, value);
        value = static_cast<Node *>(linitial(clause->args));
        comparing = get_commutator(comparing);
    }
    if (!column || !OidIsValid(comparing) || !is_value(root, relation, value))
        return false;
    const int place = place_in_order(column, comparing);
    const bool is_equality = place == BTEqualStrategyNumber;
    const bool has_order = !OidIsValid(clause->inputcollid) || clause->inputcollid == C_COLLATION_OID;
    if (place == 0 || !tells_bytes_apart(clause->inputcollid) || (!is_equality && !has_order))
        return false;
    *found = {column->varattno, static_cast<comparison>(place - 1), reinterpret_cast<Expr *>(value)};
    return true;
}

bool is_one_of(PlannerInfo *root, RelOptInfo *relation, const ScalarArrayOpExpr *clause,
               pushed_condition *found) {
    const Var *const column = column_of(relation, static_cast<Node *>(linitial(clause->args)));
    auto *const values = static_cast<Node *>(lsecond(clause->args));
    if (!clause->useOr || !column || !is_value(root, relation, values) ||
        !tells_bytes_apart(clause->inputcollid) ||
        place_in_order(column, clause->opno) != BTEqualStrategyNumber)
        return false;
    *found = {column->varattno, comparison::any, reinterpret_cast<Expr *>(values)};
    return true;
}

bool is_null_or_not(RelOptInfo *relation, const NullTest *clause, pushed_condition *found) {
    const Var *const column = column_of(relation, reinterpret_cast<Node *>(clause->arg));
    if (!column || clause->argisrow)
        return false;
    *found = {column->varattno, clause->nulltesttype == IS_NULL ? comparison::null : comparison::not_null,
              nullptr};
    return true;
}

bool asks_account_alone(RelOptInfo *relation, AttrNumber account_column, Node *clause) {
    Bitmapset *columns = nullptr;
    pull_varattnos(clause, relation->relid, &columns);
    const int account = account_column - FirstLowInvalidHeapAttributeNumber;
    return bms_is_member(account, columns) && bms_membership(columns) == BMS_SINGLETON &&
           !contain_volatile_functions(clause) && !contain_subplans(clause);
}

} // namespace

bool is_pushable(PlannerInfo *root, RelOptInfo *relation, Expr *clause, pushed_condition *found) {
    switch (nodeTag(clause)) {
    case T_OpExpr:
        return compares(root, relation, reinterpret_cast<OpExpr *>(clause), found);
    case T_ScalarArrayOpExpr:
        return is_one_of(root, relation, reinterpret_cast<ScalarArrayOpExpr *>(clause), found);
    case T_NullTest:
        return is_null_or_not(relation, reinterpret_cast<NullTest *>(clause), found);
    default:
        return false;
    }
}

divided_conditions divide(PlannerInfo *root, RelOptInfo *relation, AttrNumber account_column,
                          List *conditions) {
    divided_conditions divided{NIL, NIL, NIL};
    pushed_condition found;
    ListCell *cell = nullptr;
    foreach (cell, conditions) {
        RestrictInfo *const each = lfirst_node(RestrictInfo, cell);
        if (each->pseudoconstant) // the server asks it once, above the scan
            continue;
        if (asks_account_alone(relation, account_column, reinterpret_cast<Node *>(each->clause)))
            divided.of_account = lappend(divided.of_account, each->clause);
        else if (is_pushable(root, relation, each->clause, &found))
            divided.pushed = lappend(divided.pushed, each->clause);
        else
            divided.kept = lappend(divided.kept, each);
    }
    return divided;
}

} // namespace pgcrm::store
