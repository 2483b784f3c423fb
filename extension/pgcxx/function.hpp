// SQL functions written as C++ functions.
//
//   std::int64_t ingest(std::string_view account, std::optional<pgcxx::timestamptz> received_at);
//   PGCXX_FUNCTION(pgcrm_ingest, ingest);
//
// The C++ signature is the declaration.  Results:
//   T, std::optional<T>, void    a value
//   std::tuple<...>              one row (OUT parameters or a composite type)
//   set_of<T>                    a set; T may be a tuple (RETURNS TABLE)
//
// The first call through each FmgrInfo compares the signature with pg_proc and
// refuses a declaration that drifted (42P13): a package replaces the library before
// anyone runs ALTER EXTENSION, and a wrong type here would be a crash.  Afterwards
// that costs one pointer test.
//
// Arguments that are not optional need STRICT.  Results become Datums after the C++
// function returned, in the caller's context, so nothing of a closed SPI session
// can leak out; a result must own its data (std::string, not a view of SPI rows).
#pragma once

#include "pgcxx/array.hpp"
#include "pgcxx/boundary.hpp"

namespace pgcxx {

// All rows of a set-returning function, in order.  Rows own their data.
template <class Row> struct set_of {
    using row_type = Row;
    std::vector<Row> rows;
};

namespace detail {

// What one column of a result or one argument looks like to the server.
template <class Row> struct row_shape { // a single value
    static constexpr bool is_tuple = false;
    static constexpr std::size_t columns = 1;
    static constexpr std::array<Oid, 1> types{oid_of<Row>};
    static void fill(const Row &row, Datum *values, bool *nulls) {
        NullableDatum const cell = to_datum(row);
        values[0] = cell.value;
        nulls[0] = cell.isnull;
    }
};
template <class... C> struct row_shape<std::tuple<C...>> {
    static constexpr bool is_tuple = sizeof...(C) > 1; // one OUT column is a plain value in SQL
    static constexpr std::size_t columns = sizeof...(C);
    static constexpr std::array<Oid, sizeof...(C)> types{oid_of<C>...};
    static void fill(const std::tuple<C...> &row, Datum *values, bool *nulls) {
        auto put = [&values, &nulls](const auto &cell) {
            NullableDatum const datum = to_datum(cell);
            *values++ = datum.value;
            *nulls++ = datum.isnull;
        };
        std::apply([&put](const auto &...cells) { (put(cells), ...); }, row);
    }
};

template <class R> struct result_shape { // a value or one row
    static constexpr bool is_set = false;
    using row = typename nullable<R>::type;
};
template <class Row> struct result_shape<set_of<Row>> {
    static constexpr bool is_set = true;
    using row = Row;
};

// A signature as plain data, so that the checks are compiled once.
struct signature {
    const Oid *arguments;
    std::size_t argument_count;
    bool needs_strict;
    bool is_set;
    bool is_row;
    const Oid *columns; // of the result; VOIDOID for none
    std::size_t column_count;
};

// What the server's catalog says of a function: plain data out of an island.
struct declaration {
    Oid function;
    NameData name;
    Oid arguments[FUNC_MAX_ARGS];
    int argument_count;
    Oid result;
    bool is_set;
};

// State of one call site, kept in fn_extra; it lives as long as the FmgrInfo.
struct call_site {
    TupleDesc row; // blessed; null unless the function returns rows
};

inline declaration read_declaration(Oid function) {
    declaration found{};
    bool const exists = island([function, &found] {
        HeapTuple row = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
        if (!HeapTupleIsValid(row))
            return false;
        auto *proc = reinterpret_cast<Form_pg_proc>(GETSTRUCT(row));
        found.function = function;
        found.name = proc->proname;
        found.argument_count = proc->pronargs;
        std::copy_n(proc->proargtypes.values, proc->pronargs, found.arguments);
        found.result = proc->prorettype;
        found.is_set = proc->proretset;
        ReleaseSysCache(row);
        return true;
    });
    if (!exists)
        throw error(ERRCODE_UNDEFINED_FUNCTION, "function " + std::to_string(function) + " does not exist");
    return found;
}

// A library is replaced for all databases at once, the SQL of an extension in each by itself.
inline std::string way_to_one_version(const declaration &sql) {
    const char *extension = nullptr;
    island([&sql, &extension] {
        Oid const owner = getExtensionOfObject(ProcedureRelationId, sql.function);
        const char *const name = OidIsValid(owner) ? get_extension_name(owner) : nullptr;
        extension = name ? quote_identifier(name) : nullptr;
    });
    std::string const first =
        extension ? "Run alter extension " + std::string(extension) + " update in this database"
                  : "Update the extension in this database";
    return first + ", so that its SQL and its library are of one version.";
}

[[noreturn, gnu::cold]] inline void refuse(const declaration &sql, std::string detail) {
    throw error(ERRCODE_INVALID_FUNCTION_DEFINITION,
                std::string("function \"") + NameStr(sql.name) + "\" does not fit the loaded library")
        .detail(std::move(detail))
        .hint(way_to_one_version(sql));
}

inline void check_arguments(const signature &wanted, const declaration &sql) {
    if (static_cast<std::size_t>(sql.argument_count) != wanted.argument_count)
        refuse(sql, "The number of arguments is " + std::to_string(sql.argument_count) + " in SQL and " +
                        std::to_string(wanted.argument_count) + " in the library.");
    for (std::size_t i = 0; i < wanted.argument_count; ++i)
        if (sql.arguments[i] != wanted.arguments[i])
            refuse(sql, "Argument " + std::to_string(i + 1) + " is " + type_name(sql.arguments[i]) +
                            " in SQL and " + type_name(wanted.arguments[i]) + " in the library.");
}

inline void check_result(const signature &wanted, const declaration &sql) {
    if (sql.is_set != wanted.is_set)
        refuse(sql, std::string("It returns ") + (sql.is_set ? "a set" : "one value") + " in SQL and " +
                        (wanted.is_set ? "a set" : "one value") + " in the library.");
    if (!wanted.is_row && sql.result != wanted.columns[0])
        refuse(sql, "It returns " + type_name(sql.result) + " in SQL and " + type_name(wanted.columns[0]) +
                        " in the library.");
}

inline void check_columns(const signature &wanted, const declaration &sql, TupleDesc row) {
    if (!row)
        refuse(sql, "It returns " + type_name(sql.result) + " in SQL and a row in the library.");
    if (static_cast<std::size_t>(row->natts) != wanted.column_count)
        refuse(sql, "The number of columns is " + std::to_string(row->natts) + " in SQL and " +
                        std::to_string(wanted.column_count) + " in the library.");
    for (std::size_t i = 0; i < wanted.column_count; ++i) {
        Oid const type = TupleDescAttr(row, static_cast<int>(i))->atttypid;
        if (type != wanted.columns[i])
            refuse(sql, "Column " + std::to_string(i + 1) + " of its result is " + type_name(type) +
                            " in SQL and " + type_name(wanted.columns[i]) + " in the library.");
    }
}

// The row type of this call, in `memory`; null if the function does not return rows.
inline TupleDesc result_row(FunctionCallInfo fcinfo, MemoryContext memory) {
    return island([fcinfo, memory]() -> TupleDesc {
        TupleDesc row = nullptr;
        if (get_call_result_type(fcinfo, nullptr, &row) != TYPEFUNC_COMPOSITE)
            return nullptr;
        MemoryContext caller = MemoryContextSwitchTo(memory);
        row = BlessTupleDesc(CreateTupleDescCopy(row));
        MemoryContextSwitchTo(caller);
        return row;
    });
}

// Once per FmgrInfo: compares, and remembers in fn_extra that it did.
inline call_site *check_declaration(FunctionCallInfo fcinfo, const signature &wanted) {
    FmgrInfo *info = fcinfo->flinfo;
    declaration const sql = read_declaration(info->fn_oid);
    check_arguments(wanted, sql);
    check_result(wanted, sql);
    TupleDesc const row = wanted.is_row ? result_row(fcinfo, info->fn_mcxt) : nullptr;
    if (wanted.is_row)
        check_columns(wanted, sql, row);
    if (wanted.needs_strict && !info->fn_strict)
        throw error(ERRCODE_INVALID_FUNCTION_DEFINITION,
                    std::string("function \"") + NameStr(sql.name) + "\" must be declared STRICT")
            .detail("It has arguments that cannot be null.");
    auto *site = static_cast<call_site *>(allocate_in(info->fn_mcxt, sizeof(call_site)));
    site->row = row;
    info->fn_extra = site;
    return site;
}

inline call_site *site_of(FunctionCallInfo fcinfo, const signature &wanted) {
    if (!fcinfo->flinfo) // called by address from C: nobody to compare with
        throw error(ERRCODE_FEATURE_NOT_SUPPORTED, "function must be called through SQL");
    if (likely(fcinfo->flinfo->fn_extra))
        return static_cast<call_site *>(fcinfo->flinfo->fn_extra);
    return check_declaration(fcinfo, wanted);
}

// Where the rows of a set-returning function go.
class row_sink {
public:
    explicit row_sink(FunctionCallInfo fcinfo)
        : result_(reinterpret_cast<ReturnSetInfo *>(fcinfo->resultinfo)) {
        if (!result_ || !IsA(result_, ReturnSetInfo))
            throw error(ERRCODE_FEATURE_NOT_SUPPORTED,
                        "set-valued function called in context that cannot accept a set");
        if (!(result_->allowedModes & SFRM_Materialize))
            throw error(ERRCODE_FEATURE_NOT_SUPPORTED,
                        "materialize mode required, but it is not allowed in this context");
    }

    // `row` is the call site's row type, null for a set of plain values of `type`.
    void open(TupleDesc row, Oid type) {
        bool const random_access = (result_->allowedModes & SFRM_Materialize_Random) != 0;
        context_switch into(result_->econtext->ecxt_per_query_memory);
        island([this, row, type, random_access] {
            columns_ = row ? CreateTupleDescCopy(row) : CreateTemplateTupleDesc(1); // the executor frees it
            if (!row)
                TupleDescInitEntry(columns_, 1, "value", type, -1, 0);
            store_ = tuplestore_begin_heap(random_access, false, work_mem);
        });
        result_->returnMode = SFRM_Materialize;
        result_->setResult = store_;
        result_->setDesc = columns_;
    }

    template <class Row> void put_all(const std::vector<Row> &rows) {
        context_scope memory("pgcxx row"); // values of one row; the store keeps its own copy
        std::array<Datum, row_shape<Row>::columns> values;
        std::array<bool, row_shape<Row>::columns> nulls;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            check_for_interrupts();
            row_shape<Row>::fill(rows[i], values.data(), nulls.data());
            call(tuplestore_putvalues, store_, columns_, values.data(), nulls.data());
            memory.reset();
        }
    }

private:
    ReturnSetInfo *const result_;
    TupleDesc columns_ = nullptr;
    Tuplestorestate *store_ = nullptr; // owned by the executor from open() on
};

template <class Row> Datum make_row(TupleDesc columns, const Row &row) {
    std::array<Datum, row_shape<Row>::columns> values;
    std::array<bool, row_shape<Row>::columns> nulls;
    row_shape<Row>::fill(row, values.data(), nulls.data());
    Datum *const cells = values.data();
    bool *const flags = nulls.data();
    return island(
        [columns, cells, flags] { return HeapTupleGetDatum(heap_form_tuple(columns, cells, flags)); });
}

template <auto Function> struct sql_function;

template <class R, class... A, R (*Function)(A...)> struct sql_function<Function> {
    static Datum enter(FunctionCallInfo fcinfo) {
        return boundary([fcinfo]() -> Datum {
            call_site *site = site_of(fcinfo, wanted);
            return run(fcinfo, site, std::index_sequence_for<A...>{});
        });
    }

private:
    template <std::size_t... I>
    static Datum run(FunctionCallInfo fcinfo, call_site *site, std::index_sequence<I...>) {
        (void)site;
        if constexpr (std::is_void_v<R>) {
            Function(argument<std::decay_t<A>>(fcinfo, I)...);
            return Datum(0);
        } else if constexpr (result_shape<R>::is_set) {
            row_sink sink(fcinfo); // refuse the wrong place before the work
            R const result = Function(argument<std::decay_t<A>>(fcinfo, I)...);
            sink.open(site->row, result_types()[0]);
            sink.put_all(result.rows);
            fcinfo->isnull = true;
            return Datum(0);
        } else {
            return give(fcinfo, site, Function(argument<std::decay_t<A>>(fcinfo, I)...));
        }
    }

    template <class T> static T argument(FunctionCallInfo fcinfo, std::size_t n) {
        return from_datum<T>(fcinfo->args[n], "argument", n + 1);
    }

    template <class Result>
    static Datum give(FunctionCallInfo fcinfo, call_site *site, const Result &result) {
        if constexpr (nullable<Result>::value) {
            if (!result) {
                fcinfo->isnull = true;
                return Datum(0);
            }
            return give_value(site, *result);
        } else {
            return give_value(site, result);
        }
    }
    template <class Value> static Datum give_value(call_site *site, const Value &value) {
        if constexpr (row_shape<Value>::is_tuple)
            return make_row(site->row, value);
        else
            return datum_traits<Value>::to(value);
    }

    static constexpr auto &result_types() {
        if constexpr (std::is_void_v<R>) {
            return void_type;
        } else {
            return row_shape<typename result_shape<R>::row>::types;
        }
    }
    static constexpr bool returns_row() {
        if constexpr (std::is_void_v<R>)
            return false;
        else
            return row_shape<typename result_shape<R>::row>::is_tuple;
    }

    static constexpr std::array<Oid, 1> void_type{VOIDOID};
    static constexpr std::array<Oid, sizeof...(A)> argument_types{oid_of<A>...};
    static constexpr signature wanted{
        argument_types.data(),   sizeof...(A),  ((!nullable<std::decay_t<A>>::value) || ...),
        result_shape<R>::is_set, returns_row(), result_types().data(),
        result_types().size()};
};

} // namespace detail
} // namespace pgcxx

// Makes `function` callable as the C symbol `symbol`.  The only way out of the library for SQL.
#define PGCXX_FUNCTION(symbol, function)                                                                     \
    extern "C" {                                                                                             \
    PGCXX_EXPORT Datum symbol(PG_FUNCTION_ARGS);                                                             \
    PGCXX_EXPORT const Pg_finfo_record *pg_finfo_##symbol(void);                                             \
    PG_FUNCTION_INFO_V1(symbol);                                                                             \
    Datum symbol(PG_FUNCTION_ARGS) { return ::pgcxx::detail::sql_function<&function>::enter(fcinfo); }       \
    }                                                                                                        \
    static_assert(true, "")
