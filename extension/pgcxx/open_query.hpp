// A query whose rows are taken portion by portion, over several calls of the server, and that is nobody
// else's: a cursor has a name, by which any code that runs meanwhile could read on in it, or close it.
//
//   analysed_query parts = analysed_query::of(text, types);         // once
//   open_query query(memory);                                        // for each run
//   auto failure = attempt([&] { query.start(parts, values, snapshot); query.fetch(1000); });
//   if (failure) query.abandon();
//   for (HeapTuple row : query.rows()) ...                           // until the next fetch
//   query.close(locks::kept);
//
// What it holds of the server (locks, buffers, its snapshot) belongs to a resource owner of its own, under
// the one that was current when it was made: so it outlives the subtransaction that it was started in, and
// goes with the abort of what is around it. It is plain data in a memory context, because the server drops a
// scan without a word when the transaction fails.
#pragma once

#include "pgcxx/memory.hpp"
#include "pgcxx/statement.hpp"

namespace pgcxx {
namespace detail {

class resource_owner_switch {
public:
    explicit resource_owner_switch(ResourceOwner owner) noexcept : outer_(CurrentResourceOwner) {
        CurrentResourceOwner = owner;
    }
    resource_owner_switch(const resource_owner_switch &) = delete;
    resource_owner_switch &operator=(const resource_owner_switch &) = delete;
    ~resource_owner_switch() { CurrentResourceOwner = outer_; }

private:
    ResourceOwner const outer_;
};

// Where the executor puts its rows: copies, in a context that each portion empties.
struct row_collector {
    DestReceiver receiver; // first: the server knows it alone
    MemoryContext memory;
    HeapTuple *rows;
    std::uint32_t count;
};

inline void no_start(DestReceiver *, int, TupleDesc) {}
inline void no_end(DestReceiver *) {}

// Plain C: raises when memory is short.
inline bool collect(TupleTableSlot *row, DestReceiver *receiver) {
    auto *const to = reinterpret_cast<row_collector *>(receiver);
    MemoryContext const caller = MemoryContextSwitchTo(to->memory);
    HeapTuple const copy = ExecCopySlotHeapTuple(row);
    HeapTupleHeaderSetXmin(copy->t_data, InvalidTransactionId); // a row of nobody's table has no version
    HeapTupleHeaderSetXmax(copy->t_data, InvalidTransactionId);
    HeapTupleHeaderSetCmin(copy->t_data, InvalidTransactionId);
    to->rows[to->count++] = copy;
    MemoryContextSwitchTo(caller);
    return true;
}

} // namespace detail

// A statement with its parameters' types, planned anew for the values of each run as long as that pays.
// In the memory context that was current when it was made; there is nothing to close.
class analysed_query {
public:
    // Error 42601, 42P01, ... as the server says.
    static analysed_query of(const statement &text, std::span<const Oid> types, int cursor_options) {
        const char *const source = text.text().c_str();
        const Oid *const of = types.data();
        int const count = static_cast<int>(types.size());
        return {island([source, of, count, cursor_options] {
            RawStmt *const parsed = linitial_node(RawStmt, raw_parser(source, RAW_PARSE_DEFAULT));
            CachedPlanSource *const made = CreateCachedPlan(parsed, source, CMDTAG_SELECT);
            List *const queries = server::analyse_and_rewrite(parsed, source, of, count);
            CompleteCachedPlan(made, queries, nullptr, const_cast<Oid *>(of), count, nullptr, nullptr,
                               cursor_options, false);
            return made;
        })};
    }

    // The columns of its rows.
    TupleDesc columns() const noexcept { return source_->resultDesc; }
    CachedPlanSource *source() const noexcept { return source_; }

    constexpr analysed_query() = default;

private:
    constexpr analysed_query(CachedPlanSource *source) noexcept : source_(source) {}
    CachedPlanSource *source_ = nullptr;
};

// Whether locks stay until the transaction ends, as those of other queries do: what is known of the tables
// holds as long.
enum class locks : std::uint8_t { kept, released };

class open_query {
public:
    static constexpr std::uint32_t most_rows = 1000; // of one portion

    // In `memory`, which lives as long as this does; the resource owner is the current one's child.
    explicit open_query(MemoryContext memory)
        : memory_(call(AllocSetContextCreateInternal, memory, "pgcxx open query", ALLOCSET_DEFAULT_SIZES)),
          owner_(call(ResourceOwnerCreate, CurrentResourceOwner, "pgcxx open query")) {
        context_switch into(memory_);
        to_ = allocate_array<detail::row_collector>(1);
        *to_ = {};
        to_->receiver = {detail::collect, detail::no_start, detail::no_end, detail::no_end, DestNone};
        to_->rows = allocate_array<HeapTuple>(most_rows);
        to_->memory = call(AllocSetContextCreateInternal, memory_, "pgcxx rows", ALLOCSET_DEFAULT_SIZES);
    }

    // Whose work is done under the owner of this query: what is looked up and locked for it.
    template <class Work> void under_its_owner(Work work) {
        detail::resource_owner_switch under(owner_);
        work();
    }

    // The parameters' values live as long as this does.
    void start(const analysed_query &query, std::span<const NullableDatum> values, Snapshot seen) {
        detail::resource_owner_switch under(owner_);
        context_switch into(memory_);
        ParamListInfo const parameters = parameters_of(query, values);
        plan_ = call(GetCachedPlan, query.source(), parameters, nullptr, nullptr);
        query_ =
            call(CreateQueryDesc, linitial_node(PlannedStmt, plan_->stmt_list), query.source()->query_string,
                 seen, InvalidSnapshot, &to_->receiver, parameters, nullptr, 0);
        island([this] {
            PushActiveSnapshot(query_->snapshot);
            ExecutorStart(query_, 0);
            PopActiveSnapshot();
        });
        is_done_ = false;
    }

    // The next rows, which replace those before; false when there are none.
    bool fetch(std::uint32_t count) {
        detail::resource_owner_switch under(owner_);
        to_->count = 0;
        MemoryContextReset(to_->memory); // plain memory: cannot raise
        if (is_done_)
            return false;
        count = std::min(count, most_rows);
        context_switch into(memory_);
        island([this, count] {
            PushActiveSnapshot(query_->snapshot);
            server::run_executor(query_, count);
            PopActiveSnapshot();
        });
        is_done_ = to_->count < count;
        return to_->count > 0;
    }

    std::span<const HeapTuple> rows() const noexcept { return {to_->rows, to_->count}; }

    // Goes with it.
    MemoryContext memory() const noexcept { return memory_; }

    // After its work has come to an end, or is wanted no more.
    void close(locks afterwards) {
        {
            detail::resource_owner_switch under(owner_);
            island([this] {
                PushActiveSnapshot(query_->snapshot);
                ExecutorFinish(query_);
                ExecutorEnd(query_);
                PopActiveSnapshot();
                FreeQueryDesc(query_);
                ReleaseCachedPlan(plan_, nullptr);
            });
        }
        release(true, afterwards);
    }

    // After an error, whose subtransaction has been rolled back.
    void abandon() { release(false, locks::released); }

private:
    static ParamListInfo parameters_of(const analysed_query &query, std::span<const NullableDatum> values) {
        ParamListInfo const list = call(makeParamList, static_cast<int>(values.size()));
        for (std::size_t i = 0; i < values.size(); ++i)
            list->params[i] = {values[i].value, values[i].isnull, PARAM_FLAG_CONST,
                               query.source()->param_types[i]};
        return list;
    }

    void release(bool went_well, locks afterwards) {
        island([this, went_well, afterwards] {
            ResourceOwnerRelease(owner_, RESOURCE_RELEASE_BEFORE_LOCKS, went_well, false);
            ResourceOwnerRelease(owner_, RESOURCE_RELEASE_LOCKS, afterwards == locks::kept, false);
            ResourceOwnerRelease(owner_, RESOURCE_RELEASE_AFTER_LOCKS, went_well, false);
            ResourceOwnerDelete(owner_);
            MemoryContextDelete(memory_);
        });
    }

    MemoryContext const memory_;
    ResourceOwner const owner_;
    detail::row_collector *to_ = nullptr;
    CachedPlan *plan_ = nullptr;
    QueryDesc *query_ = nullptr;
    bool is_done_ = true;
};

} // namespace pgcxx
