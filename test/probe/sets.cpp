// Functions that return rows.
#include "probe.hpp"

#include <csignal>
#include <unistd.h>

using namespace pgcxx;

namespace probe {

// A number whose conversion to a Datum asks for a cancel: the request arrives
// while the wrapper, and not the function, is at work.
struct cancelling_number {
    std::int64_t value;
    bool cancels;
};

} // namespace probe

template <> struct pgcxx::datum_traits<probe::cancelling_number> {
    static constexpr Oid oid = INT8OID;
    static Datum to(const probe::cancelling_number &v) {
        if (v.cancels)
            kill(getpid(), SIGINT);
        return Int64GetDatum(v.value);
    }
};

namespace {

using probe::witness;

set_of<std::int64_t> numbers(std::int64_t count) {
    set_of<std::int64_t> result;
    for (std::int64_t i = 1; i <= count; ++i)
        result.rows.push_back(i);
    return result;
}

using described = std::tuple<std::int64_t, std::string, std::optional<std::string>, std::vector<std::string>>;
set_of<described> described_numbers(std::int64_t count) {
    set_of<described> result;
    for (std::int64_t i = 1; i <= count; ++i) {
        std::string const text = "number " + std::to_string(i);
        result.rows.emplace_back(i, text, i % 3 ? std::optional(text) : std::nullopt,
                                 std::vector<std::string>(static_cast<std::size_t>(i % 4), text));
    }
    return result;
}

// The cancel arrives while row `at` of `count` is put into the result.
set_of<std::tuple<probe::cancelling_number, std::string>> cancelled_rows(std::int64_t count,
                                                                         std::int64_t at) {
    witness on_stack;
    set_of<std::tuple<probe::cancelling_number, std::string>> result;
    for (std::int64_t i = 1; i <= count; ++i)
        result.rows.push_back(
            {{i, i == at}, "a text that owns memory outside of the server " + std::to_string(i)});
    return result;
}

// Row `at` cannot become a Datum.
set_of<std::tuple<std::int64_t, std::string>> failing_rows(std::int64_t count, std::int64_t at) {
    witness on_stack;
    set_of<std::tuple<std::int64_t, std::string>> result;
    for (std::int64_t i = 1; i <= count; ++i)
        result.rows.emplace_back(i, i == at ? std::string("zero\0byte", 9) : "fine");
    return result;
}

set_of<std::tuple<std::string>> one_column() { return {{{"one"}, {"two"}}}; }
std::tuple<std::int32_t, std::optional<std::string>> one_row(std::int32_t n) {
    return {n, n > 0 ? std::optional<std::string>("positive") : std::nullopt};
}
std::optional<std::tuple<std::int32_t, std::string>> maybe_row(std::int32_t n) {
    if (n <= 0)
        return std::nullopt;
    return {{n, "positive"}};
}

// Results made of what SQL returned: they must own it, because the session is gone when they become Datums.
set_of<std::tuple<std::string, std::int64_t>> relation_names() {
    spi::session sql;
    set_of<std::tuple<std::string, std::int64_t>> result;
    for (auto [name, size] :
         sql.query<object_name, std::int32_t>("select relname, length(relname::text) from pg_catalog.pg_class"
                                              " where relnamespace = 'probe'::regnamespace order by 1"))
        result.rows.emplace_back(name.text, size);
    return result;
}

} // namespace

PGCXX_FUNCTION(probe_numbers, numbers);
PGCXX_FUNCTION(probe_described_numbers, described_numbers);
PGCXX_FUNCTION(probe_cancelled_rows, cancelled_rows);
PGCXX_FUNCTION(probe_failing_rows, failing_rows);
PGCXX_FUNCTION(probe_one_column, one_column);
PGCXX_FUNCTION(probe_one_row, one_row);
PGCXX_FUNCTION(probe_maybe_row, maybe_row);
PGCXX_FUNCTION(probe_relation_names, relation_names);
