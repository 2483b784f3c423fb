#include "store/face/face_scan.hpp"

#include "settings.hpp"
#include "store/face/account_query.hpp"
#include "store/face/face_plan.hpp"
#include "store/face/readable_accounts.hpp"
#include "store/refresh/survive.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::analysed_query;
using pgcxx::error;
using pgcxx::open_query;

// The work on an account's tables, which does not wait long for whoever locks them.
class reading_scope {
public:
    reading_scope(const account &of, const face_relation &relation)
        : doing_("reading account \"" + of.name + "\" for crm_bi." + relation.name), owner_(of) {
        owner_.wait_for_locks_at_most(settings::read_lock_timeout);
    }

private:
    pgcxx::error_context doing_;
    owner_scope owner_;
};

// Of so many accounts the locks are kept until the transaction ends, and their queries for a scan that begins
// again, as those of any query are. The server has room for some thousand locks in all, and a query of one
// account takes ten.
constexpr std::size_t most_kept_accounts = 64;

// One account of the scan.
struct scanned_account {
    account of;
    analysed_query query;     // made when it is opened
    bool is_left_out = false; // it could not be opened, which was said
};

// Before PostgreSQL 17 nothing can be survived while workers run for the reader's query.
bool can_survive_errors() {
#if PG_VERSION_NUM >= 170000
    return true;
#else
    return !IsInParallelMode();
#endif
}

// Belongs to the memory of the reader's query, and holds nothing of the server's that would have to be given
// back.
class face_scan {
public:
    explicit face_scan(ForeignScanState *node);

    HeapTuple next();
    void begin_again() { close(), is_begun_ = false; }
    void close();

    std::int64_t opened() const { return opened_; }

private:
    void begin();
    void compute_values();
    bool open_next();
    bool could_open(scanned_account &account);
    void open(scanned_account &account);
    void analyse(scanned_account &account);
    void check_columns(const scanned_account &account) const;
    void leave_out(scanned_account &account, const failure &why);
    bool fetch_more();
    std::uint32_t portion() const;
    bool keeps_accounts() const { return accounts_.size() <= most_kept_accounts; }

    ForeignScanState *const node_;
    MemoryContext const memory_ = CurrentMemoryContext; // of the reader's query
    MemoryContext values_memory_ = nullptr;
    TupleDesc const columns_;
    const face_request wanted_;
    std::vector<Oid> types_; // of the parameters
    List *value_states_ = NIL;
    std::vector<NullableDatum> values_;
    account_filter filter_;
    std::map<std::string, scanned_account> known_; // by name; kept when the scan begins again
    std::vector<scanned_account *> accounts_;      // of this run
    std::size_t next_account_ = 0;
    scanned_account *current_ = nullptr;
    std::optional<open_query> query_; // of the current account
    std::size_t next_row_ = 0;
    bool is_begun_ = false;
    std::int64_t opened_ = 0;
};

[[noreturn]] void refuse_column(const face_relation &of, std::string_view name) {
    throw error(ERRCODE_FDW_COLUMN_NAME_NOT_FOUND,
                "relation \"" + of.name + "\" over all accounts has no column \"" + std::string(name) + "\"")
        .hint("Run alter extension pgcrm update, so that its SQL and its library are of one version.");
}

std::vector<face_output> outputs_of(const face_relation &of, TupleDesc columns, List *looked_at) {
    std::vector<face_output> outputs;
    for (int i = 0; i < columns->natts; ++i) {
        const FormData_pg_attribute *const each = TupleDescAttr(columns, i);
        const face_column *const column =
            each->attisdropped ? nullptr : of.find_column(NameStr(each->attname));
        if (!column && !each->attisdropped)
            refuse_column(of, NameStr(each->attname));
        outputs.push_back({column, pgcxx::call(list_member_int, looked_at, i + 1)});
    }
    return outputs;
}

// What the plan asks of each account.
face_request request_of(ForeignScanState *node) {
    const planned_scan plan = scan_of(reinterpret_cast<ForeignScan *>(node->ss.ps.plan));
    TupleDesc const columns = RelationGetDescr(node->ss.ss_currentRelation);
    const face_relation &of = relation_of(RelationGetRelid(node->ss.ss_currentRelation));
    face_request wanted{&of, outputs_of(of, columns, plan.outputs), {}, {}};
    for (int i = 0; i < list_length(plan.conditions); i += 2) {
        const int column = list_nth_int(plan.conditions, i) - 1;
        wanted.conditions.push_back({wanted.outputs[static_cast<std::size_t>(column)].column->name,
                                     static_cast<comparison>(list_nth_int(plan.conditions, i + 1)),
                                     TupleDescAttr(columns, column)->atttypid == TEXTOID});
    }
    if (plan.limit > 0)
        wanted.limit = plan.limit;
    return wanted;
}

List *values_of(const ForeignScan *plan, int values) {
    return pgcxx::call(list_copy_head, plan->fdw_exprs, values);
}

List *account_conditions_of(const ForeignScan *plan, int values) {
    return pgcxx::call(list_copy_tail, plan->fdw_exprs, values);
}

face_scan::face_scan(ForeignScanState *node)
    : node_(node), columns_(RelationGetDescr(node->ss.ss_currentRelation)), wanted_(request_of(node)) {
    auto *const plan = reinterpret_cast<ForeignScan *>(node->ss.ps.plan);
    const planned_scan told = scan_of(plan);
    values_memory_ =
        pgcxx::call(AllocSetContextCreateInternal, memory_, "pgcrm values", ALLOCSET_SMALL_SIZES);
    List *const values = values_of(plan, told.values);
    for (int i = 0; i < told.values; ++i)
        types_.push_back(pgcxx::call(exprType, static_cast<const Node *>(list_nth(values, i))));
    value_states_ = pgcxx::call(ExecInitExprList, values, &node->ss.ps);
    filter_ = account_filter::of_scan(node, account_conditions_of(plan, told.values), told.account_column);
}

void face_scan::begin() {
    is_begun_ = true;
    compute_values();
    accounts_.clear();
    next_account_ = 0;
    for (account &each : readable_accounts(filter_)) {
        const std::string name = each.name;
        accounts_.push_back(
            &known_.try_emplace(name, scanned_account{std::move(each), {}, false}).first->second);
    }
}

// The reader computes them, and they outlive the row that they were computed for.
void face_scan::compute_values() {
    MemoryContextReset(values_memory_);
    values_.assign(types_.size(), NullableDatum{});
    ExprContext *const context = node_->ss.ps.ps_ExprContext;
    for (std::size_t i = 0; i < types_.size(); ++i) {
        auto *const state = static_cast<ExprState *>(list_nth(value_states_, static_cast<int>(i)));
        pgcxx::island([&value = values_[i], type = types_[i], memory = values_memory_, state, context] {
            MemoryContext const caller = MemoryContextSwitchTo(memory);
            int16 length = 0;
            bool is_by_value = false;
            get_typlenbyval(type, &length, &is_by_value);
            const Datum computed = ExecEvalExpr(state, context, &value.isnull);
            value.value = value.isnull ? Datum(0) : datumCopy(computed, is_by_value, length);
            MemoryContextSwitchTo(caller);
        });
    }
}

HeapTuple face_scan::next() {
    if (!is_begun_)
        begin();
    while (!query_ || next_row_ >= query_->rows().size())
        if (!fetch_more() && !open_next())
            return nullptr;
    return query_->rows()[next_row_++];
}

bool face_scan::fetch_more() {
    if (!query_)
        return false;
    bool has_rows = false;
    {
        const reading_scope as_owner(current_->of, *wanted_.of);
        has_rows = query_->fetch(open_query::most_rows);
    }
    next_row_ = 0;
    if (!has_rows)
        close();
    return has_rows;
}

bool face_scan::open_next() {
    while (next_account_ < accounts_.size()) {
        scanned_account &account = *accounts_[next_account_++];
        if (account.is_left_out || !could_open(account))
            continue;
        ++opened_;
        if (!query_->rows().empty())
            return true;
        close();
    }
    return false;
}

std::string hint_for(const account &of, const failure &why) {
    if (!why.hint.empty())
        return why.hint;
    if (why.sqlstate == ERRCODE_LOCK_NOT_AVAILABLE)
        return "Somebody has locked its tables; pgcrm.read_lock_timeout says how long to wait.";
    return "Its owner can see what is wrong: select * from crm_verify(" + pgcxx::literal{of.name}.text() +
           ").";
}

bool face_scan::could_open(scanned_account &account) {
    current_ = &account;
    next_row_ = 0;
    pgcxx::context_switch into(memory_);
    query_.emplace(memory_);
    if (!can_survive_errors()) {
        open(account);
        return true;
    }
    if (const auto why = failure_of([this, &account] { open(account); })) {
        leave_out(account, *why);
        return false;
    }
    return true;
}

void face_scan::open(scanned_account &account) {
    const reading_scope as_owner(account.of, *wanted_.of);
    query_->under_its_owner([this, &account] {
        if (!account.query.source())
            analyse(account);
    });
    query_->start(account.query, values_, node_->ss.ps.state->es_snapshot);
    query_->fetch(portion());
}

std::uint32_t face_scan::portion() const {
    const std::int64_t most = wanted_.limit.value_or(open_query::most_rows);
    return static_cast<std::uint32_t>(std::min<std::int64_t>(most, open_query::most_rows));
}

void face_scan::analyse(scanned_account &account) {
    pgcxx::context_switch into(keeps_accounts() ? memory_ : query_->memory());
    const analysed_query made = analysed_query::of(account_query(wanted_, account.of.name), types_,
                                                   wanted_.limit ? CURSOR_OPT_FAST_PLAN : 0);
    account.query = made;
    check_columns(account);
}

// The rows are taken as rows of the foreign table.
void face_scan::check_columns(const scanned_account &account) const {
    TupleDesc const found = account.query.columns();
    for (int i = 0; i < columns_->natts; ++i) {
        const FormData_pg_attribute *const wanted = TupleDescAttr(columns_, i);
        if (!wanted->attisdropped && TupleDescAttr(found, i)->atttypid != wanted->atttypid)
            throw error(ERRCODE_DATATYPE_MISMATCH,
                        std::string("column \"") + NameStr(wanted->attname) + "\" is of another type")
                .hint("Let its owner give the column the type back that it had.");
    }
}

void face_scan::leave_out(scanned_account &account, const failure &why) {
    query_->abandon();
    query_.reset();
    account.is_left_out = true;
    pgcxx::warning("account \"" + account.of.name + "\" is left out of crm_bi." + wanted_.of->name,
                   why.message + ".", hint_for(account.of, why));
}

void face_scan::close() {
    if (!query_)
        return;
    const reading_scope as_owner(current_->of, *wanted_.of);
    if (!keeps_accounts())
        current_->query = {};
    query_->close(keeps_accounts() ? pgcxx::locks::kept : pgcxx::locks::released);
    query_.reset();
}

face_scan *scan_in(const ForeignScanState *node) { return static_cast<face_scan *>(node->fdw_state); }

void show(ExplainState *to, const char *label, const std::string &text) {
    const char *const shown = text.c_str();
    pgcxx::call(ExplainPropertyText, label, shown, to);
}

void show_conditions(ForeignScanState *node, ExplainState *to, const char *label, List *conditions) {
    if (conditions == NIL)
        return;
    pgcxx::island([node, to, label, conditions] {
        List *const context = set_deparse_context_plan(to->deparse_cxt, node->ss.ps.plan, NIL);
        auto *const all = reinterpret_cast<Node *>(make_ands_explicit(conditions));
        const bool has_prefix = list_length(to->rtable) > 1 || to->verbose;
        ExplainPropertyText(label, deparse_expression(all, context, has_prefix, false), to);
    });
}

} // namespace

void begin_scan(ForeignScanState *node, int flags) {
    if (flags & EXEC_FLAG_EXPLAIN_ONLY)
        return;
    MemoryContext const memory = node->ss.ps.state->es_query_cxt;
    pgcxx::context_switch into(memory);
    node->fdw_state = pgcxx::make_in<face_scan>(memory, node);
}

TupleTableSlot *next_row(ForeignScanState *node) {
    TupleTableSlot *const slot = node->ss.ss_ScanTupleSlot;
    if (HeapTuple const row = scan_in(node)->next())
        return pgcxx::call(ExecStoreHeapTuple, row, slot, false);
    return pgcxx::call(ExecClearTuple, slot);
}

void scan_again(ForeignScanState *node) { scan_in(node)->begin_again(); }

void end_scan(ForeignScanState *node) {
    if (node->fdw_state)
        scan_in(node)->close();
}

void explain_scan(ForeignScanState *node, ExplainState *to) {
    auto *const plan = reinterpret_cast<ForeignScan *>(node->ss.ps.plan);
    const planned_scan told = scan_of(plan);
    const int pushed = list_length(plan->fdw_recheck_quals) - told.account_conditions;
    pgcxx::call(ExplainPropertyInteger, "Accounts", nullptr, told.accounts, to);
    show_conditions(node, to, "Account Cond", pgcxx::call(list_copy_tail, plan->fdw_recheck_quals, pushed));
    show_conditions(node, to, "Pushed Cond", pgcxx::call(list_copy_head, plan->fdw_recheck_quals, pushed));
    if (told.limit > 0)
        pgcxx::call(ExplainPropertyInteger, "Pushed Limit", nullptr, told.limit, to);
    if (to->analyze)
        pgcxx::call(ExplainPropertyInteger, "Accounts Opened", nullptr, scan_in(node)->opened(), to);
    if (to->verbose)
        show(to, "Query of an Account", account_query(request_of(node), "<account>").text());
}

} // namespace pgcrm::store
