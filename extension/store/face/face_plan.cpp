#include "store/face/face_plan.hpp"

#include "store/face/readable_accounts.hpp"

#include <string>

namespace pgcrm::store {
namespace {

using pgcxx::error;

// Measured: opening an account takes what the server spends on some hundred rows.
constexpr double cost_of_account = 25;
constexpr double cost_of_row = 0.02; // it goes through two plans

// Kept in the relation's fdw_private while it is planned.
struct face_estimate {
    const face_relation *of;
    TupleDesc columns;
    AttrNumber account_column;
    double accounts;
    double rows_of_accounts; // before all conditions but those of the account
};

const char *option_of(Oid table, const char *wanted) {
    ListCell *cell = nullptr;
    foreach (cell, GetForeignTable(table)->options) {
        DefElem *const each = lfirst_node(DefElem, cell);
        if (std::strcmp(each->defname, wanted) == 0)
            return defGetString(each);
    }
    return nullptr;
}

// Whoever plans has locked the table.
TupleDesc columns_of(Oid table) {
    return pgcxx::island([table] {
        Relation const opened = table_open(table, NoLock);
        TupleDesc const columns = CreateTupleDescCopy(RelationGetDescr(opened));
        table_close(opened, NoLock);
        return columns;
    });
}

bool holds_parameter(Node *node, void *context) {
    if (!node)
        return false;
    return IsA(node, Param) || pgcxx::server::walk_tree(node, holds_parameter, context);
}

// Conditions whose values are known while planning.
List *known_now(List *conditions) {
    List *known = NIL;
    ListCell *cell = nullptr;
    foreach (cell, conditions) {
        auto *const each = static_cast<Node *>(lfirst(cell));
        if (!contain_mutable_functions(each) && !holds_parameter(each, nullptr))
            known = lappend(known, each);
    }
    return known;
}

// Of conditions whose values come later each is expected to leave one account.
double share_of_accounts(List *conditions, List *known, double accounts) {
    return list_length(conditions) > list_length(known) ? std::min(accounts, 1.0) : accounts;
}

AttrNumber number_of(TupleDesc columns, std::string_view name) {
    for (int i = 0; i < columns->natts; ++i) {
        const FormData_pg_attribute *const each = TupleDescAttr(columns, i);
        if (!each->attisdropped && name == NameStr(each->attname))
            return each->attnum;
    }
    return 0;
}

// Whether the conditions leave at most one row of each account.
bool names_one_row(PlannerInfo *root, RelOptInfo *relation, const face_estimate &about, List *pushed) {
    if (about.of->key.empty())
        return false;
    for (const std::string_view part : about.of->key) {
        const AttrNumber column = number_of(about.columns, part);
        const bool is_told = pgcxx::island([root, relation, pushed, column] {
            ListCell *cell = nullptr;
            foreach (cell, pushed) {
                pushed_condition found;
                if (is_pushable(root, relation, static_cast<Expr *>(lfirst(cell)), &found) &&
                    found.column == column && found.how == comparison::equal)
                    return true;
            }
            return false;
        });
        if (!is_told)
            return false;
    }
    return true;
}

void look_at_accounts(face_estimate &about, const divided_conditions &conditions) {
    List *const known = pgcxx::call(known_now, conditions.of_account);
    const auto which = account_filter::of_plan(known, about.columns, about.account_column);
    const std::vector<account> found = readable_accounts(which);
    double rows = 0;
    for (const account &each : found)
        rows += expected_rows(each, about.of->table);
    const auto readable = static_cast<double>(found.size());
    about.accounts = share_of_accounts(conditions.of_account, known, readable);
    about.rows_of_accounts = readable > 0 ? rows * about.accounts / readable : 0;
}

double rows_expected(PlannerInfo *root, RelOptInfo *relation, const face_estimate &about,
                     const divided_conditions &conditions) {
    if (names_one_row(root, relation, about, conditions.pushed))
        return std::max(1.0, about.accounts);
    List *rest = conditions.kept;
    rest = pgcxx::call(list_concat_copy, conditions.pushed, rest);
    const double share = pgcxx::call(clauselist_selectivity, root, rest, 0, JOIN_INNER, nullptr);
    return std::max(1.0, std::rint(about.rows_of_accounts * share));
}

// --- paths that take a join's values ---

struct wanted_member {
    RelOptInfo *relation;
    AttrNumber column;
};

bool is_wanted_member(PlannerInfo *, RelOptInfo *, EquivalenceClass *, EquivalenceMember *member,
                      void *wanted) {
    const auto *const of = static_cast<const wanted_member *>(wanted);
    if (!IsA(member->em_expr, Var))
        return false;
    const auto *const column = reinterpret_cast<const Var *>(member->em_expr);
    return column->varno == static_cast<int>(of->relation->relid) && column->varattno == of->column;
}

// A nested loop that asks for the rows of one value after the other.
void add_path_for(PlannerInfo *root, RelOptInfo *relation, RestrictInfo *joined, const face_estimate *about) {
    pushed_condition found;
    if (!join_clause_is_movable_to(joined, relation))
        return;
    const bool is_of_account =
        divide(root, relation, about->account_column, list_make1(joined)).of_account != NIL;
    if (!is_of_account && !is_pushable(root, relation, joined->clause, &found))
        return;
    Relids outer = bms_union(joined->clause_relids, relation->lateral_relids);
    outer = bms_del_member(outer, static_cast<int>(relation->relid));
    if (bms_is_empty(outer))
        return;
    const double rows = get_baserel_parampathinfo(root, relation, outer)->ppi_rows;
    const double accounts = is_of_account ? 1.0 : std::max(1.0, about->accounts);
    add_path(relation, reinterpret_cast<Path *>(pgcxx::server::make_foreign_scan_path(
                           root, relation, rows, cost_of_account,
                           cost_of_account * accounts + cost_of_row * rows, outer)));
}

void add_paths_for(PlannerInfo *root, RelOptInfo *relation, List *joined, const face_estimate *about) {
    ListCell *cell = nullptr;
    foreach (cell, joined)
        add_path_for(root, relation, lfirst_node(RestrictInfo, cell), about);
}

// Conditions of joins, as written and as they follow from others.
void add_paths_for_joins(PlannerInfo *root, RelOptInfo *relation, const face_estimate *about) {
    add_paths_for(root, relation, relation->joininfo, about);
    if (!relation->has_eclass_joins)
        return;
    for (int column = 1; column <= about->columns->natts; ++column) {
        wanted_member wanted{relation, static_cast<AttrNumber>(column)};
        add_paths_for(root, relation,
                      generate_implied_equalities_for_column(root, relation, is_wanted_member, &wanted,
                                                             relation->lateral_referencers),
                      about);
    }
}

// --- the plan ---

// Rows of one account that suffice: those of a LIMIT that nothing stands between. 0: all are wanted.
int rows_that_suffice(PlannerInfo *root, RelOptInfo *relation, const divided_conditions &conditions) {
    const bool is_bare = conditions.kept == NIL && root->parse->sortClause == NIL && root->rowMarks == NIL &&
                         bms_equal(root->all_baserels, relation->relids);
    if (!is_bare || root->limit_tuples <= 0 || root->limit_tuples > INT_MAX)
        return 0;
    return static_cast<int>(root->limit_tuples);
}

List *columns_looked_at(RelOptInfo *relation, List *kept, int columns) {
    Bitmapset *attributes = nullptr;
    pull_varattnos(reinterpret_cast<Node *>(relation->reltarget->exprs), relation->relid, &attributes);
    pull_varattnos(reinterpret_cast<Node *>(kept), relation->relid, &attributes);
    const bool is_whole_row = bms_is_member(-FirstLowInvalidHeapAttributeNumber, attributes);
    List *looked_at = NIL;
    for (int column = 1; column <= columns; ++column)
        if (is_whole_row || bms_is_member(column - FirstLowInvalidHeapAttributeNumber, attributes))
            looked_at = lappend_int(looked_at, column);
    return looked_at;
}

// Numbers of column and comparison, one after the other; their values go to the end of `values`.
List *conditions_and_values(PlannerInfo *root, RelOptInfo *relation, List *pushed, List **values) {
    List *numbers = NIL;
    ListCell *cell = nullptr;
    foreach (cell, pushed) {
        pushed_condition found{};
        is_pushable(root, relation, static_cast<Expr *>(lfirst(cell)), &found);
        numbers = lappend_int(lappend_int(numbers, found.column), static_cast<int>(found.how));
        if (found.value)
            *values = lappend(*values, found.value);
    }
    return numbers;
}

ForeignScan *scan_plan(PlannerInfo *root, RelOptInfo *relation, List *targets, List *clauses,
                       const face_estimate *about) {
    const divided_conditions conditions = divide(root, relation, about->account_column, clauses);
    List *const kept = extract_actual_clauses(conditions.kept, false);
    List *values = NIL;
    List *const pushed = conditions_and_values(root, relation, conditions.pushed, &values);
    List *const numbers =
        list_make4_int(about->account_column, list_length(values), list_length(conditions.of_account),
                       rows_that_suffice(root, relation, conditions));
    List *const told = list_make3(lappend_int(numbers, static_cast<int>(about->accounts)), pushed,
                                  columns_looked_at(relation, kept, about->columns->natts));
    return make_foreignscan(targets, kept, relation->relid, list_concat(values, conditions.of_account), told,
                            NIL, list_concat_copy(conditions.pushed, conditions.of_account), nullptr);
}

} // namespace

planned_scan scan_of(const ForeignScan *plan) {
    const auto *const numbers = static_cast<const List *>(linitial(plan->fdw_private));
    return {static_cast<List *>(lsecond(plan->fdw_private)),
            static_cast<List *>(lthird(plan->fdw_private)),
            static_cast<AttrNumber>(list_nth_int(numbers, 0)),
            list_nth_int(numbers, 1),
            list_nth_int(numbers, 2),
            list_nth_int(numbers, 3),
            list_nth_int(numbers, 4)};
}

const face_relation &relation_of(Oid table) {
    const char *const name = pgcxx::call(option_of, table, "relation");
    if (!name)
        throw error(ERRCODE_FDW_OPTION_NAME_NOT_FOUND, "the foreign table has no option \"relation\"")
            .hint("Use the tables that came with the extension.");
    if (const face_relation *found = find_face_relation(name))
        return *found;
    throw error(ERRCODE_FDW_TABLE_NOT_FOUND,
                "there is no relation \"" + std::string(name) + "\" over all accounts")
        .hint("Run alter extension pgcrm update, so that its SQL and its library are of one version.");
}

AttrNumber account_column_of(TupleDesc columns) {
    if (const AttrNumber found = number_of(columns, "account"))
        return found;
    throw error(ERRCODE_FDW_COLUMN_NAME_NOT_FOUND, "the foreign table has no column \"account\"")
        .hint("Use the tables that came with the extension.");
}

void estimate_scan(PlannerInfo *root, RelOptInfo *relation, Oid table) {
    auto *const about = pgcxx::allocate_array<face_estimate>(1);
    const TupleDesc columns = columns_of(table);
    *about = {&relation_of(table), columns, account_column_of(columns), 0, 0};
    divided_conditions conditions{};
    pgcxx::island(
        [&] { conditions = divide(root, relation, about->account_column, relation->baserestrictinfo); });
    look_at_accounts(*about, conditions);
    relation->fdw_private = about;
    relation->tuples = std::max(1.0, about->rows_of_accounts);
    relation->rows = rows_expected(root, relation, *about, conditions);
}

void add_scan_paths(PlannerInfo *root, RelOptInfo *relation, Oid) {
    const auto *const about = static_cast<const face_estimate *>(relation->fdw_private);
    const double cost = cost_of_account * std::max(1.0, about->accounts) + cost_of_row * relation->rows;
    pgcxx::island([=] {
        add_path(relation,
                 reinterpret_cast<Path *>(pgcxx::server::make_foreign_scan_path(
                     root, relation, relation->rows, cost_of_account, cost, relation->lateral_relids)));
        add_paths_for_joins(root, relation, about);
    });
}

ForeignScan *make_scan(PlannerInfo *root, RelOptInfo *relation, Oid, ForeignPath *, List *targets,
                       List *conditions, Plan *) {
    return pgcxx::call(scan_plan, root, relation, targets, conditions,
                       static_cast<const face_estimate *>(relation->fdw_private));
}

} // namespace pgcrm::store
