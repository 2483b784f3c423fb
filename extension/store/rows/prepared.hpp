// Statements with parameters, prepared once per backend and found again by their text.
//
// Texts contain the account's schema, so each account has plans of its own; the cache is
// emptied when it holds many, and the server replans by itself what DDL has made invalid.
// Arrays go through unnest with several arguments, which the grammar knows by its bare name only:
// search_path is pinned wherever these statements run.
// Lifetime: per backend, never freed as a whole.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <vector>

namespace pgcrm::store {

// Parameters of one execution, in order. Values live in the current memory context.
class parameters {
public:
    template <class T> parameters &add(const T &value) {
        types_.push_back(pgcxx::oid_of<T>);
        values_.push_back(pgcxx::to_datum(value));
        return *this;
    }

    // A value of a type that is known at run time only.
    parameters &add_typed(Datum value, Oid type) {
        types_.push_back(type);
        values_.push_back({value, false});
        return *this;
    }

    const std::vector<Oid> &types() const noexcept { return types_; }
    const std::vector<NullableDatum> &values() const noexcept { return values_; }

private:
    std::vector<Oid> types_;
    std::vector<NullableDatum> values_;
};

using pgcxx::spi::planning;

pgcxx::spi::plan prepared(pgcxx::spi::session &sql, const pgcxx::statement &text,
                          const std::vector<Oid> &types, planning how);

// While one lives, plans of the cache are being executed and none is released: a trigger may call functions
// of ours that want room for theirs.
class execution_scope {
public:
    execution_scope() noexcept { ++running; }
    execution_scope(const execution_scope &) = delete;
    execution_scope &operator=(const execution_scope &) = delete;
    ~execution_scope() { --running; }

    static bool is_any() noexcept { return running > 0; }

private:
    static inline int running = 0; // per backend
};

inline std::uint64_t execute(pgcxx::spi::session &sql, const pgcxx::statement &text, const parameters &with,
                             planning how = planning::by_cost) {
    const pgcxx::spi::plan plan = prepared(sql, text, with.types(), how);
    const execution_scope in_use;
    return sql.execute(plan, with.values());
}

template <class... C>
pgcxx::spi::rows<C...> query(pgcxx::spi::session &sql, const pgcxx::statement &text, const parameters &with,
                             planning how = planning::by_cost) {
    const pgcxx::spi::plan plan = prepared(sql, text, with.types(), how);
    const execution_scope in_use;
    return sql.query<C...>(plan, with.values());
}

// For statements that look many keys up in a table: planned for these very arrays and by the table's
// present size. A plan kept from the days when the table was small would read all of it.
class planned_now {
public:
    planned_now(pgcxx::spi::session &sql, const pgcxx::statement &text, const parameters &with)
        : sql_(sql), with_(with), plan_(sql.prepare(text, with.types())) {}
    planned_now(const planned_now &) = delete;
    planned_now &operator=(const planned_now &) = delete;
    ~planned_now() { pgcxx::spi::release(plan_); }

    std::uint64_t execute() { return sql_.execute(plan_, with_.values()); }
    template <class... C> [[nodiscard]] pgcxx::spi::rows<C...> query() & {
        return sql_.query<C...>(plan_, with_.values());
    }

private:
    pgcxx::spi::session &sql_;
    const parameters &with_;
    pgcxx::spi::plan plan_;
};

} // namespace pgcrm::store
