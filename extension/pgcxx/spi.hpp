// SQL from C++.
//
//   spi::session sql;
//   for (auto [id, name] : sql.query<std::int64_t, std::string_view>("select ... where x = $1", x))
//   std::uint64_t n = sql.execute("update ...", month);
//
// Lifetimes, all of them scopes: rows and cursors live inside their session, a
// session lives wholly inside or wholly outside an `attempt`.  Views read from rows
// die with the rows; what must outlive them is a std::string.
//
// While a server error unwinds the stack, destructors here do nothing: SPI's stack
// may hold connections of functions that the jump passed over, and the abort that
// follows closes all of them in order.
//
// Statements always see what was written before them (read_only is false).
#pragma once

#include "pgcxx/array.hpp"
#include "pgcxx/statement.hpp"

namespace pgcxx::spi {

class session;
class cursor;

namespace detail {

using pgcxx::detail::finished_quietly;
using pgcxx::detail::server_error_in_flight;

[[noreturn, gnu::cold]] inline void throw_status(int status) {
    if (status == SPI_ERROR_COPY)
        throw error(ERRCODE_FEATURE_NOT_SUPPORTED,
                    "COPY to or from the client cannot be run from a function");
    if (status == SPI_ERROR_TRANSACTION)
        throw error(ERRCODE_FEATURE_NOT_SUPPORTED, "transaction commands cannot be run from a function");
    throw error(ERRCODE_INTERNAL_ERROR, std::string("SPI failed: ") + SPI_result_code_string(status));
}

// Parameters in the shape the server wants them.
template <std::size_t N> struct parameters {
    std::array<Oid, N + 1> types{}; // one more than needed, because N may be 0
    std::array<Datum, N + 1> values{};
    std::array<char, N + 1> nulls{};
    std::size_t filled = 0;

    template <class T> void add(const T &argument) {
        NullableDatum const datum = to_datum<std::decay_t<const T>>(argument);
        types[filled] = oid_of<T>;
        values[filled] = datum.value;
        nulls[filled++] = datum.isnull ? 'n' : ' ';
    }
};

struct dynamic_parameters {
    std::vector<Datum> values;
    std::string nulls;

    explicit dynamic_parameters(std::span<const NullableDatum> arguments) {
        values.reserve(arguments.size());
        nulls.reserve(arguments.size());
        for (const NullableDatum &argument : arguments) {
            values.push_back(argument.value);
            nulls += argument.isnull ? 'n' : ' ';
        }
    }
};

inline void check_columns(TupleDesc found, std::span<const Oid> wanted) {
    if (static_cast<std::size_t>(found->natts) != wanted.size())
        throw error(ERRCODE_DATATYPE_MISMATCH, "query returns " + std::to_string(found->natts) +
                                                   " columns, not " + std::to_string(wanted.size()));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Oid const type = TupleDescAttr(found, static_cast<int>(i))->atttypid;
        if (type != wanted[i])
            throw error(ERRCODE_DATATYPE_MISMATCH, "column " + std::to_string(i + 1) + " of the query is " +
                                                       pgcxx::detail::type_name(type) + ", not " +
                                                       pgcxx::detail::type_name(wanted[i]));
    }
}

// A result set and its duty to be freed, so that loops do not grow the session.
class tuple_table {
public:
    // SPI_tuptable and SPI_processed are globals that a nested statement overwrites: copied at once.
    tuple_table() noexcept : table_(SPI_tuptable), count_(table_ ? SPI_processed : 0) {}
    tuple_table(const tuple_table &) = delete;
    tuple_table &operator=(const tuple_table &) = delete;
    ~tuple_table() {
        if (table_ && !server_error_in_flight)
            finished_quietly([this] { SPI_freetuptable(table_); });
    }
    SPITupleTable *table() const noexcept { return table_; }
    std::uint64_t count() const noexcept { return count_; }

private:
    SPITupleTable *const table_;
    std::uint64_t const count_;
};

} // namespace detail

// The result of a query: C... are the columns.  Not movable: it belongs to the
// scope of its session.
template <class... C> class rows {
public:
    rows(const rows &) = delete;
    rows &operator=(const rows &) = delete;
    ~rows() = default;

    std::size_t size() const noexcept { return result_.count(); }
    bool empty() const noexcept { return size() == 0; }
    std::tuple<C...> operator[](std::size_t n) const & { return read(n, std::index_sequence_for<C...>{}); }
    std::tuple<C...> front() const & { return (*this)[0]; }
    // Views into a temporary result would dangle at the end of the line.
    // clang-format off
    std::tuple<C...> operator[](std::size_t n) const && requires(is_view<C> || ...) = delete;
    std::tuple<C...> front() const && requires(is_view<C> || ...) = delete;
    // clang-format on

    using iterator = pgcxx::detail::index_iterator<rows, std::tuple<C...>>;
    iterator begin() const noexcept { return {this, 0}; }
    iterator end() const noexcept { return {this, size()}; }

private:
    friend class session;
    friend class cursor;

    rows() {
        static constexpr std::array<Oid, sizeof...(C)> wanted{oid_of<C>...};
        if (!result_.table())
            throw error(ERRCODE_DATATYPE_MISMATCH, "statement does not return rows");
        detail::check_columns(result_.table()->tupdesc, wanted);
    }

    template <std::size_t... I> std::tuple<C...> read(std::size_t n, std::index_sequence<I...>) const {
        if (n >= size())
            throw error(ERRCODE_NO_DATA_FOUND, "query returned no row")
                .detail("Row " + std::to_string(n + 1) + " of " + std::to_string(size()) + " was asked for.");
        HeapTuple const row = result_.table()->vals[n];
        context_switch into(result_.table()->tuptabcxt); // detoasted copies go with the table
        std::array<Datum, sizeof...(C)> values;
        std::array<bool, sizeof...(C)> nulls;
        // all columns in one walk over the row; a tuple made by the executor has them all, so this cannot
        // raise
        heap_deform_tuple(row, result_.table()->tupdesc, values.data(), nulls.data());
        return std::tuple<C...>{from_datum<C>({values[I], nulls[I]}, "column", I + 1)...};
    }

    detail::tuple_table result_;
};

// Whether the server may plan again for each execution's values, which it does when it expects to gain, or
// plans once, which is right for what has one plan only.
enum class planning { by_cost, once };

// A prepared statement that is kept for the backend.  A copyable handle; its owner,
// a cache, ends it with release().  The server plans it again when it must.
class plan {
public:
    constexpr plan() = default;
    explicit operator bool() const noexcept { return handle_ != nullptr; }

private:
    friend class session;
    friend class cursor;
    friend void release(plan &) noexcept;
    explicit plan(SPIPlanPtr handle) noexcept : handle_(handle) {}
    SPIPlanPtr handle_ = nullptr; // in the server's CacheMemoryContext
};

// Not while it is being executed: the server would go on in freed memory.
inline void release(plan &p) noexcept {
    SPIPlanPtr const handle = std::exchange(p.handle_, nullptr);
    if (handle)
        detail::finished_quietly([handle] { SPI_freeplan(handle); });
}

// A plan with parameter types known at compile time, prepared on first use and kept
// for the backend.  No destructor, so it may be static:
//   static spi::kept_plan<std::int64_t, pgcxx::date> mark{"insert into ..."};
template <class... A> class kept_plan {
public:
    constexpr explicit kept_plan(sql_literal text) noexcept : text_(text) {}

private:
    friend class session;
    sql_literal text_;
    SPIPlanPtr handle_ = nullptr;
};

// Connected to SPI for a scope.
class session {
public:
    session() : outer_(CurrentMemoryContext) {
        int const status = call(SPI_connect);
        if (status != SPI_OK_CONNECT)
            detail::throw_status(status);
        arguments_ = call(AllocSetContextCreateInternal, CurrentMemoryContext, "pgcxx arguments",
                          ALLOCSET_DEFAULT_SIZES);
    }
    session(const session &) = delete;
    session &operator=(const session &) = delete;
    ~session() {
        if (!detail::server_error_in_flight)
            detail::finished_quietly([] { SPI_finish(); });
        CurrentMemoryContext = outer_;
    }

    // The context that was current before the session; what must outlive it goes there.
    MemoryContext outer() const noexcept { return outer_; }

    // Rows belong to this session, so a temporary one cannot give them.
    template <class... C, class... A> [[nodiscard]] rows<C...> query(sql_text sql, const A &...arguments) & {
        run(sql.c_str(), arguments...);
        return rows<C...>();
    }
    template <class... C, class... A>
    [[nodiscard]] rows<C...> query(kept_plan<A...> &kept, const std::type_identity_t<A> &...arguments) & {
        run_kept(kept, arguments...);
        return rows<C...>();
    }
    template <class... C>
    [[nodiscard]] rows<C...> query(const plan &prepared, std::span<const NullableDatum> values) & {
        run_plan(prepared, values);
        return rows<C...>();
    }

    // The number of rows read or written; result rows are dropped.
    template <class... A> std::uint64_t execute(sql_text sql, const A &...arguments) {
        return without_rows(run(sql.c_str(), arguments...));
    }
    template <class... A>
    std::uint64_t execute(kept_plan<A...> &kept, const std::type_identity_t<A> &...arguments) {
        return without_rows(run_kept(kept, arguments...));
    }
    std::uint64_t execute(const plan &prepared, std::span<const NullableDatum> values) {
        return without_rows(run_plan(prepared, values));
    }

    // Parsed and analysed now, kept until release().
    [[nodiscard]] plan prepare(sql_text sql, std::span<const Oid> types, planning how = planning::by_cost) {
        return plan(keep(sql.c_str(), std::vector<Oid>(types.begin(), types.end()), how));
    }

private:
    friend class cursor;

    static std::uint64_t processed(int status) {
        if (status < 0)
            detail::throw_status(status);
        return SPI_processed;
    }
    static std::uint64_t without_rows(std::uint64_t count) {
        detail::tuple_table unwanted;
        return count;
    }

    // The Datums of one statement; they go when it has run, so that loops do not grow.
    template <class... A> detail::parameters<sizeof...(A)> take(const A &...arguments) {
        MemoryContextReset(arguments_); // plain memory: cannot raise
        context_switch into(arguments_);
        detail::parameters<sizeof...(A)> taken;
        (taken.add(arguments), ...);
        return taken;
    }

    template <class... A> std::uint64_t run(const char *sql, const A &...arguments) {
        auto in = take(arguments...);
        return processed(call(SPI_execute_with_args, sql, sizeof...(A), in.types.data(), in.values.data(),
                              in.nulls.data(), false, 0));
    }
    template <class... A> std::uint64_t run_kept(kept_plan<A...> &kept, const A &...arguments) {
        if (!kept.handle_)
            kept.handle_ = keep(kept.text_.c_str(), {oid_of<A>...});
        auto in = take(arguments...);
        return processed(call(SPI_execute_plan, kept.handle_, in.values.data(), in.nulls.data(), false, 0));
    }
    std::uint64_t run_plan(const plan &prepared, std::span<const NullableDatum> values) {
        check_count(prepared, values.size());
        detail::dynamic_parameters in(values);
        return processed(
            call(SPI_execute_plan, prepared.handle_, in.values.data(), in.nulls.c_str(), false, 0));
    }

    static void check_count(const plan &prepared, std::size_t given) {
        if (!prepared.handle_)
            throw error(ERRCODE_INVALID_SQL_STATEMENT_NAME, "plan was not prepared");
        auto const wanted = static_cast<std::size_t>(SPI_getargcount(prepared.handle_)); // reads a field
        if (given != wanted)
            throw error(ERRCODE_UNDEFINED_PARAMETER,
                        "plan takes " + std::to_string(wanted) + " parameters, not " + std::to_string(given));
    }
    static SPIPlanPtr keep(const char *sql, std::vector<Oid> types, planning how = planning::by_cost) {
        SPIPlanPtr const prepared = call(SPI_prepare_cursor, sql, static_cast<int>(types.size()),
                                         types.data(), how == planning::once ? CURSOR_OPT_GENERIC_PLAN : 0);
        if (!prepared)
            detail::throw_status(SPI_result);
        int const status = call(SPI_keepplan, prepared);
        if (status < 0)
            detail::throw_status(status);
        return prepared;
    }

    MemoryContext const outer_;
    MemoryContext arguments_ = nullptr; // reset for each statement
};

// A query whose rows are fetched in portions, for results that do not fit memory.
//   spi::cursor events(sql, "select ... where account = $1", account);
//   for (;;) { auto page = events.fetch<std::int64_t>(1000); if (page.empty()) break; ... }
class cursor {
public:
    template <class... A> cursor(session &sql, sql_text text, const A &...arguments) {
        auto in = sql.take(arguments...);
        opened(call(SPI_cursor_open_with_args, nullptr, text.c_str(), sizeof...(A), in.types.data(),
                    in.values.data(), in.nulls.data(), false, 0));
    }
    cursor(session &, const plan &prepared, std::span<const NullableDatum> values) {
        session::check_count(prepared, values.size());
        detail::dynamic_parameters in(values);
        opened(call(SPI_cursor_open, nullptr, prepared.handle_, in.values.data(), in.nulls.c_str(), false));
    }
    cursor(const cursor &) = delete;
    cursor &operator=(const cursor &) = delete;
    ~cursor() {
        if (!detail::server_error_in_flight)
            detail::finished_quietly([this] {
                // somebody may have closed it already (CLOSE ALL), and its memory with it
                if (SPI_cursor_find(name_.data()) == portal_)
                    SPI_cursor_close(portal_);
            });
    }

    // At most `count` further rows; none at the end.
    template <class... C> [[nodiscard]] rows<C...> fetch(std::uint32_t count) {
        call(SPI_cursor_fetch, portal_, true, count);
        return rows<C...>();
    }

private:
    void opened(Portal portal) noexcept {
        portal_ = portal;
        std::string_view(portal->name).substr(0, name_.size() - 1).copy(name_.data(), name_.size() - 1);
    }
    Portal portal_ = nullptr;
    std::array<char, NAMEDATALEN> name_{};
};

} // namespace pgcxx::spi
