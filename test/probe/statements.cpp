// SQL from C++: the builder of texts, plans, cursors, and what they refuse.
#include "probe.hpp"

using namespace pgcxx;
using namespace std::literals;

namespace {

// What does not compile.  Written as templates, because a requires-expression
// outside of one is an error and not false.
template <class T>
concept goes_into_a_statement = requires(statement s, T value) {
    s << value;
};
static_assert(goes_into_a_statement<int> && goes_into_a_statement<identifier> &&
              goes_into_a_statement<literal>);
static_assert(!goes_into_a_statement<std::string> && !goes_into_a_statement<std::string_view>);
static_assert(!goes_into_a_statement<const char *> && !goes_into_a_statement<char[8]>);
static_assert(!goes_into_a_statement<bool> && !goes_into_a_statement<char> && !goes_into_a_statement<double>);

template <class T>
concept runs_as_sql = requires(spi::session sql, T text) {
    sql.execute(text);
};
static_assert(runs_as_sql<statement> && !runs_as_sql<std::string> && !runs_as_sql<const char *>);

template <class S>
concept gives_rows = requires(S sql) {
    std::forward<S>(sql).template query<int>("select 1");
};
static_assert(gives_rows<spi::session &> && !gives_rows<spi::session>);

template <class C>
concept outlives_its_rows = requires(spi::session sql) {
    sql.query<C>("select 1").front();
};
static_assert(outlives_its_rows<std::string> && outlives_its_rows<std::optional<int>>);
static_assert(!outlives_its_rows<std::string_view> && !outlives_its_rows<std::optional<bytes>>);
static_assert(!outlives_its_rows<array_of<int>> && !outlives_its_rows<jsonb_view>);

template <class T>
concept is_a_datum_type = requires {
    datum_traits<T>::oid;
};
static_assert(!is_a_datum_type<unsigned char> && !is_a_datum_type<long double>);
static_assert(is_a_datum_type<std::vector<std::optional<bytes>>>);

std::string quoted_name(array_of<std::string_view> parts) {
    if (parts.size() == 2)
        return identifier{*parts[0], *parts[1]}.text();
    return identifier{*parts[0]}.text();
}
std::string quoted_text(std::string_view value) { return literal(value).text(); }

// The value after a round trip through the server's own parser.
std::string parsed_text(std::string_view value) {
    statement text;
    text << "select" << literal(value) << "::text";
    spi::session sql;
    return std::get<0>(sql.query<std::string>(text).front());
}
std::string column_name(std::string_view name) {
    statement text;
    text << "select a.attname from (select 1 as " << identifier{name} << ") as s, lateral (select "
         << literal(name) << "::name as attname) as a where s." << identifier{name} << " = 1";
    spi::session sql;
    return std::get<0>(sql.query<object_name>(text).front()).text;
}
std::string built_statement(std::int64_t number) {
    statement text;
    statement part("b > ");
    part << number;
    std::vector<identifier> const names{{"a"}, {"office", "b c"}};
    text << "select ";
    text.join(", ", names) << " from t where a -" << number << " < $" << 1 << " and " << part;
    return text.text();
}

// Columns that do not fit.
void wrong_column_type() {
    spi::session sql;
    (void)sql.query<std::int32_t>("select 1::bigint where false");
}
void wrong_column_count() {
    spi::session sql;
    (void)sql.query<std::int32_t, std::string>("select 1");
}
void no_rows_at_all() {
    spi::session sql;
    (void)sql.query<std::int32_t>("delete from probe.kept");
}
void unexpected_null() {
    spi::session sql;
    for (auto [a, b] : sql.query<std::int32_t, std::string_view>("values (1, 'one'), (2, null)"))
        (void)a, (void)b;
}

void no_such_row() {
    spi::session sql;
    (void)sql.query<std::int32_t>("select 1 where false").front();
}

void run_text(std::string_view text) {
    spi::session sql;
    sql.execute("select probe.run($1)", text);
}
void run_copy() {
    spi::session sql;
    sql.execute("copy probe.kept to stdout");
}
void run_commit() {
    spi::session sql;
    sql.execute("commit");
}

// A plan that outlives its session, with types known at run time only.
spi::plan kept; // per backend, until it is released

std::string keep_plan(bool again) {
    spi::session sql;
    if (!kept || again) {
        spi::release(kept);
        statement text;
        text << "insert into " << identifier{"probe", "bulk"}
             << " select * from unnest($1, $2, $3, $4) on conflict do nothing returning id, word";
        std::array<Oid, 4> const types{array_oid<std::int64_t>, array_oid<std::string>, array_oid<bytes>,
                                       array_oid<timestamptz>};
        kept = sql.prepare(text, types);
    }
    return kept ? "prepared" : "missing";
}
set_of<std::tuple<std::int64_t, std::optional<std::string>>> use_plan(std::int64_t first,
                                                                      std::int32_t count) {
    std::vector<std::int64_t> ids;
    std::vector<std::optional<std::string>> words;
    std::vector<std::optional<bytes>> bodies;
    std::vector<timestamptz> times;
    for (std::int64_t id = first; id < first + count; ++id) {
        ids.push_back(id);
        words.push_back(id % 2 ? std::optional("word " + std::to_string(id)) : std::nullopt);
        bodies.push_back(id % 3 ? std::optional(bytes{"\\\0'"sv}) : std::nullopt);
        times.push_back(id % 5 ? timestamptz::from_unix_micros(id) : timestamptz::infinity());
    }
    spi::session sql;
    std::array<NullableDatum, 4> const values{to_datum(ids), to_datum(words), to_datum(bodies),
                                              to_datum(times)};
    set_of<std::tuple<std::int64_t, std::optional<std::string>>> stored;
    for (auto [id, word] : sql.query<std::int64_t, std::optional<std::string>>(kept, values))
        stored.rows.emplace_back(id, word);
    return stored;
}
std::int64_t too_few_parameters() {
    spi::session sql;
    std::array<NullableDatum, 1> const values{to_datum(std::int64_t(1))};
    return static_cast<std::int64_t>(sql.execute(kept, values));
}
void release_plan() { spi::release(kept); }

// The static form: text and types in one place, prepared when first used.
std::int64_t kept_plan(std::optional<std::int64_t> number, std::optional<std::string_view> word) {
    static constinit spi::kept_plan<std::optional<std::int64_t>, std::optional<std::string_view>> add{
        "select $1 + coalesce(length($2), -1)"};
    spi::session sql;
    std::int64_t sum = 0;
    for (int i = 0; i < 3; ++i)
        sum += std::get<0>(sql.query<std::int64_t>(add, number, word).front());
    return sum;
}
std::int32_t failing_kept_plan() {
    static constinit spi::kept_plan<> missing{"select id from probe.comes_later"};
    spi::session sql;
    return std::get<0>(sql.query<std::int32_t>(missing).front());
}

// A cursor in portions, over rows that are changed under way.
std::vector<std::int64_t> pages(std::int32_t total, std::int32_t page_size) {
    spi::session sql;
    spi::cursor rows(sql, "select g from generate_series(1, $1::bigint) as g",
                     static_cast<std::int64_t>(total));
    std::vector<std::int64_t> sizes;
    for (;;) {
        auto page = rows.fetch<std::int64_t>(static_cast<std::uint32_t>(page_size));
        sizes.push_back(static_cast<std::int64_t>(page.size()));
        if (page.empty())
            return sizes;
        sql.execute("select count(*) from probe.kept"); // overwrites the globals that a page was read from
        if (std::get<0>(page[page.size() - 1]) % page_size != 0 &&
            page.size() == static_cast<std::size_t>(page_size))
            throw std::logic_error("wrong page");
    }
}
// Somebody else may close a cursor; its scope ends quietly all the same.
std::string cursor_closed_by_sql() {
    spi::session sql;
    {
        spi::cursor rows(sql, "select 1");
        sql.execute("close all");
    }
    return "closed";
}
std::int64_t cursor_over_plan(std::int64_t first) {
    spi::session sql;
    spi::plan all =
        sql.prepare("select id from probe.bulk where id >= $1 order by id", std::array<Oid, 1>{INT8OID});
    std::int64_t sum = 0;
    {
        std::array<NullableDatum, 1> const values{to_datum(first)};
        spi::cursor rows(sql, all, values);
        for (;;) {
            auto page = rows.fetch<std::int64_t>(2);
            if (page.empty())
                break;
            for (auto [id] : page)
                sum += id;
        }
    }
    spi::release(all);
    return sum;
}

// Statements see what was written before them, in the same function too.
std::int64_t sees_own_writes() {
    spi::session sql;
    sql.execute("insert into probe.kept values ('fresh')");
    return std::get<0>(
        sql.query<std::int64_t>("select count(*) from probe.kept where word = 'fresh'").front());
}

void speak(std::string_view level) {
    std::string const text = "text with % and %s";
    if (level == "notice")
        notice(text, "A detail.", "A hint.");
    else if (level == "warning")
        warning(text);
    else
        debug(text, "A detail.");
}

std::tuple<bool, bool> clocks() {
    spi::session sql;
    auto now = sql.query<timestamptz, timestamptz>("select now(), statement_timestamp()");
    return {now.front() == std::tuple(transaction_started_at(), statement_started_at()),
            clock_now() >= statement_started_at()};
}
bool read_committed() { return isolation_is_read_committed(); }

} // namespace

PGCXX_FUNCTION(probe_quoted_name, quoted_name);
PGCXX_FUNCTION(probe_quoted_text, quoted_text);
PGCXX_FUNCTION(probe_parsed_text, parsed_text);
PGCXX_FUNCTION(probe_column_name, column_name);
PGCXX_FUNCTION(probe_built_statement, built_statement);
PGCXX_FUNCTION(probe_wrong_column_type, wrong_column_type);
PGCXX_FUNCTION(probe_wrong_column_count, wrong_column_count);
PGCXX_FUNCTION(probe_no_rows_at_all, no_rows_at_all);
PGCXX_FUNCTION(probe_unexpected_null, unexpected_null);
PGCXX_FUNCTION(probe_no_such_row, no_such_row);
PGCXX_FUNCTION(probe_run_text, run_text);
PGCXX_FUNCTION(probe_run_copy, run_copy);
PGCXX_FUNCTION(probe_run_commit, run_commit);
PGCXX_FUNCTION(probe_keep_plan, keep_plan);
PGCXX_FUNCTION(probe_use_plan, use_plan);
PGCXX_FUNCTION(probe_too_few_parameters, too_few_parameters);
PGCXX_FUNCTION(probe_release_plan, release_plan);
PGCXX_FUNCTION(probe_kept_plan, kept_plan);
PGCXX_FUNCTION(probe_failing_kept_plan, failing_kept_plan);
PGCXX_FUNCTION(probe_pages, pages);
PGCXX_FUNCTION(probe_cursor_closed_by_sql, cursor_closed_by_sql);
PGCXX_FUNCTION(probe_cursor_over_plan, cursor_over_plan);
PGCXX_FUNCTION(probe_sees_own_writes, sees_own_writes);
PGCXX_FUNCTION(probe_speak, speak);
PGCXX_FUNCTION(probe_clocks, clocks);
PGCXX_FUNCTION(probe_read_committed, read_committed);
