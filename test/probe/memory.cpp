// What must not grow.
#include "probe.hpp"

#include <fstream>
#include <unistd.h>

using namespace pgcxx;

namespace {

// Resident set of this backend.
std::int64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

// Bytes in all memory contexts of this backend.
std::int64_t context_bytes(spi::session &sql) {
    return std::get<0>(
        sql.query<std::int64_t>("select sum(total_bytes)::bigint from pg_catalog.pg_backend_memory_contexts")
            .front());
}

// One session, many statements with large parameters and results.
std::int64_t growth_of_session(std::int32_t statements) {
    spi::session sql;
    static constinit spi::kept_plan<std::string_view> measure{"select length($1), repeat($1, 2)"};
    std::array<Oid, 1> const types{array_oid<std::string_view>};
    spi::plan counts = sql.prepare("select cardinality($1), $1", types);
    std::string const large(50000, 'x');
    std::vector<std::string_view> const list(20, large);
    auto work = [&] {
        context_scope parameters("probe parameters");
        std::array<NullableDatum, 1> const values{to_datum(list)};
        for (auto [size, elements] : sql.query<std::int32_t, array_of<std::string_view>>(counts, values))
            if (elements[19]->size() != large.size() || size != 20)
                throw std::logic_error("wrong array");
        for (auto [length, twice] : sql.query<std::int32_t, std::string_view>(measure, large))
            if (twice.size() != 100000 || length != 50000)
                throw std::logic_error("wrong text");
        sql.execute("select $1 || 'x'", large);
        // a toasted value is detoasted by the reader: its copy must go with the rows
        for (auto [value] : sql.query<std::string_view>("select body from probe.toasted"))
            if (value.size() < 1000)
                throw std::logic_error("wrong value");
    };
    work(); // plans and caches
    std::int64_t const before = context_bytes(sql);
    for (std::int32_t i = 0; i < statements; ++i)
        work();
    spi::release(counts);
    return context_bytes(sql) - before;
}

// Plans are kept until they are released.
std::int64_t growth_of_plans(std::int32_t plans, bool releases) {
    spi::session sql;
    auto work = [&sql, releases] {
        spi::plan p = sql.prepare("select count(*) from pg_catalog.pg_class where relname = $1",
                                  std::array<Oid, 1>{oid_of<object_name>});
        std::array<NullableDatum, 1> const values{to_datum(object_name{"pg_class"})};
        if (std::get<0>(sql.query<std::int64_t>(p, values).front()) != 1)
            throw std::logic_error("wrong count");
        if (releases)
            spi::release(p);
    };
    work();
    std::int64_t const before = context_bytes(sql);
    for (std::int32_t i = 0; i < plans; ++i)
        work();
    return context_bytes(sql) - before;
}

// Objects owned by a context: destroyed by reset and by deletion, not twice.
std::tuple<std::int64_t, std::int64_t, std::int64_t> owned_by_context() {
    std::int64_t const before = probe::witness::alive;
    std::int64_t made, reset;
    {
        context_scope scope("probe");
        make_in<probe::witness>(scope.get());
        make_in<std::vector<probe::witness>>(scope.get(), 4);
        made = probe::witness::alive - before;
        scope.reset();
        reset = probe::witness::alive - before;
        make_in<probe::witness>(scope.get());
    }
    return {made, reset, probe::witness::alive - before};
}

// A constructor that throws leaves nothing behind.
std::int64_t constructor_fails() {
    struct thrower {
        thrower() { throw std::runtime_error("in a constructor"); }
        probe::witness member;
    };
    try {
        make_in<thrower>(CurrentMemoryContext);
    } catch (const std::runtime_error &) {
    }
    return probe::witness::alive;
}

} // namespace

PGCXX_FUNCTION(probe_resident_bytes, resident_bytes);
PGCXX_FUNCTION(probe_growth_of_session, growth_of_session);
PGCXX_FUNCTION(probe_growth_of_plans, growth_of_plans);
PGCXX_FUNCTION(probe_owned_by_context, owned_by_context);
PGCXX_FUNCTION(probe_constructor_fails, constructor_fails);
