// Every kind of error in every kind of frame.
//
// `probe.fail(frame, kind)` builds the frame, with witnesses in it, and fails inside.
// It returns "survived <sqlstate>" when an `attempt` caught the error, or raises.
#include "probe.hpp"

using namespace pgcxx;

namespace {

using probe::witness;

struct named_kind {
    std::string_view name;
    void (*fail)();
};
struct named_frame {
    std::string_view name;
    void (*run)(const std::function<void()> &body);
};

void fail_by_error() {
    throw error(ERRCODE_CHECK_VIOLATION, "expected a witness, not \"nobody\"")
        .detail("Nobody was there.")
        .hint("Bring somebody.");
}

// The server's own errors: by one call, in an island, by SQL, from a trigger, and
// from functions called by SQL, ours and plpgsql's.
void fail_by_call() { call(DirectFunctionCall1Coll, int4in, InvalidOid, CStringGetDatum("many")); }

void fail_by_island() {
    island([] {
        MemoryContextSwitchTo(TopTransactionContext); // left as it is: the guard puts it back
        (void)get_namespace_oid("no_such_schema", false);
    });
}

void run(sql_text text) {
    spi::session sql;
    witness between;
    sql.execute(text);
}

constexpr named_kind kinds[] = {
    {"error", fail_by_error},
    {"empty_message", [] { throw error(ERRCODE_DATA_EXCEPTION, ""); }},
    {"bad_utf8", [] { throw error(ERRCODE_DATA_EXCEPTION, "bytes \xC3\x28 and \xE2\x82").detail("\xFF"); }},
    {"zero_byte", [] { throw error(ERRCODE_DATA_EXCEPTION, std::string("before\0after", 12)); }},
    {"percent", [] { throw error(ERRCODE_DATA_EXCEPTION, "100%s %n").detail("%d").hint("%m"); }},
    {"long_message", [] { throw error(ERRCODE_DATA_EXCEPTION, std::string(3 * 1024 * 1024, 'm')); }},
    {"bad_alloc", [] { throw std::bad_alloc(); }},
    {"invalid_argument", [] { throw std::invalid_argument("not an argument"); }},
    {"length_error", [] { throw std::length_error("too long"); }},
    {"runtime_error", [] { throw std::runtime_error("at run time"); }},
    {"not_an_exception", [] { throw 42; }},
    {"call", fail_by_call},
    {"island", fail_by_island},
    {"spi", [] { run("select 1 / 0"); }},
    {"syntax", [] { run("selekt"); }},
    {"trigger", [] { run("insert into probe.guarded values (1)"); }},
    {"trigger_of_ours", [] { run("insert into probe.guarded values (2)"); }},
    {"unique", [] { run("insert into probe.guarded values (0)"); }},
    {"nested", [] { run("select probe.fail('rows', 'error')"); }},
    {"nested_twice", [] { run("select probe.fail('cursor', 'nested')"); }},
    {"plpgsql", [] { run("select probe.plpgsql_calls('session', 'spi')"); }},
    {"out_of_server_memory",
     [] { call(MemoryContextAllocHuge, CurrentMemoryContext, static_cast<Size>(1) << 46); }},
};

void recurse(int depth, const std::function<void()> &body) {
    witness on_every_level;
    check_stack();
    if (depth == 0)
        return body();
    recurse(depth - 1, body);
    check_for_interrupts(); // so that it is no tail call
}

void rethrow_copy(const std::function<void()> &body) {
    try {
        body();
    } catch (const server_error &e) {
        server_error copy = e;
        server_error second = copy;
        second = copy;
        throw second;
    }
}

Oid probe_user() { return find_role("probe_user").value(); }

void as_user(const std::function<void()> &body) {
    user_scope as(probe_user());
    settings_scope settings;
    witness inside;
    body();
}

// An attempt that tells by a distinct error that it survived: the error's own record is used after the
// rollback.
void survive(const std::function<void()> &body) {
    if (auto failure = attempt([&] {
            witness inside;
            body();
        }))
        throw error(failure->sqlstate(), "survived: " + std::string(failure->message()));
}

constexpr named_frame frames[] = {
    {"plain", [](const std::function<void()> &body) { body(); }},
    {"recursion", [](const std::function<void()> &body) { recurse(50, body); }},
    {"copied_exception", rethrow_copy},
    {"session",
     [](const std::function<void()> &body) {
         spi::session sql;
         body();
     }},
    {"two_sessions",
     [](const std::function<void()> &body) {
         spi::session outer;
         spi::session inner;
         body();
     }},
    {"rows",
     [](const std::function<void()> &body) {
         spi::session sql;
         for (auto [n] : sql.query<std::int32_t>("select g from generate_series(1, 3) as g")) {
             witness of_row;
             if (n == 2)
                 body();
         }
     }},
    {"cursor",
     [](const std::function<void()> &body) {
         spi::session sql;
         spi::cursor numbers(sql, "select g from generate_series(1, 3) as g");
         auto page = numbers.fetch<std::int32_t>(2);
         body();
     }},
    {"memory",
     [](const std::function<void()> &body) {
         context_scope scope("probe");
         context_resource resource;
         std::pmr::vector<std::pmr::string> list(10, "a string that is too long to be kept in place",
                                                 &resource);
         make_in<witness>(scope.get());
         body();
     }},
    {"user", as_user},
    {"subtransaction",
     [](const std::function<void()> &body) {
         spi::session sql;
         subtransaction scope;
         body();
     }},
    {"attempt", survive},
    {"attempt_in_user", [](const std::function<void()> &body) { as_user([&] { survive(body); }); }},
    {"user_in_attempt", [](const std::function<void()> &body) { survive([&] { as_user(body); }); }},
    {"attempt_in_session",
     [](const std::function<void()> &body) {
         spi::session sql;
         survive(body);
     }},
    {"attempt_shares_session",
     [](const std::function<void()> &body) {
         spi::session sql;
         survive([&] {
             spi::cursor numbers(sql, "select g from generate_series(1, 3) as g");
             for (auto [n] : numbers.fetch<std::int32_t>(2))
                 if (n == 2)
                     body();
         });
     }},
    {"session_in_attempt",
     [](const std::function<void()> &body) {
         survive([&] {
             spi::session sql;
             spi::cursor numbers(sql, "select g from generate_series(1, 3) as g");
             body();
         });
     }},
    {"attempt_in_attempt",
     [](const std::function<void()> &body) {
         spi::session sql;
         if (auto failure = attempt([&] { survive(body); }))
             throw *failure;
     }},
};

std::string fail_in_frame(std::string_view frame, std::string_view kind) {
    try {
        probe::run_in_frame(frame, [&] { probe::fail(kind); });
    } catch (const error &e) {
        if (!e.message().starts_with("survived: "))
            throw;
        return "survived " + sqlstate_text(e.sqlstate());
    }
    return "nothing happened";
}

template <class Named> set_of<std::string> names_of(const Named &list) {
    set_of<std::string> names;
    for (const auto &entry : list)
        names.rows.emplace_back(entry.name);
    return names;
}
set_of<std::string> frame_names() { return names_of(frames); }
set_of<std::string> kind_names() { return names_of(kinds); }

std::int64_t witnesses() { return witness::alive; }

// The law's third way: an error caught, its subtransaction not rolled back.
std::string swallow_error() {
    try {
        probe::fail("call");
    } catch (const std::exception &) {
        return "went on";
    }
    return "nothing happened";
}

// The same inside of an attempt, which must not commit what the error left behind.
std::string swallow_inside_attempt() {
    auto failure = attempt([] {
        spi::session sql;
        try {
            sql.execute("insert into probe.guarded values (1)");
        } catch (const server_error &) {
        }
        sql.execute("insert into probe.kept values ('after the error')");
    });
    return failure ? "survived" : "went on";
}

// Where an error says that it was raised: ours at the line that threw it.
std::tuple<std::string, std::string> location_of(std::string_view kind) {
    auto failure = attempt([&] {
        spi::session sql;
        sql.execute("select probe.fail('plain', $1)", kind);
    });
    std::string_view const file = failure.value().data().filename;
    return {std::string(file.substr(file.rfind('/') + 1)), failure->data().funcname};
}

// Every field of a server error, as seen after its subtransaction is gone.
std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, std::string,
           std::string>
fields_of(std::string_view kind) {
    std::optional<server_error> failure = attempt([&] { probe::fail(kind); });
    {
        context_scope overwritten("probe"); // would show a record that was freed too early
        std::memset(allocate_array<char>(100000), 0x7f, 100000);
    }
    auto copy = [](std::string_view text) { return std::string(text); };
    const server_error &e = failure.value();
    return {
        sqlstate_text(e.sqlstate()), copy(e.message()),     copy(e.detail()),     copy(e.hint()),
        copy(e.context()),           copy(e.schema_name()), copy(e.table_name()), copy(e.constraint_name())};
}

} // namespace

void probe::fail(std::string_view kind) {
    witness on_stack;
    auto found = std::ranges::find(kinds, kind, &named_kind::name);
    if (found == std::end(kinds))
        throw std::invalid_argument("no such kind of error: " + std::string(kind));
    found->fail();
}

void probe::run_in_frame(std::string_view frame, const std::function<void()> &body) {
    witness outside;
    std::vector<witness> several(3);
    auto found = std::ranges::find(frames, frame, &named_frame::name);
    if (found == std::end(frames))
        throw std::invalid_argument("no such frame: " + std::string(frame));
    found->run([&] {
        witness inside;
        body();
    });
}

PGCXX_FUNCTION(probe_fail, fail_in_frame);
PGCXX_FUNCTION(probe_frames, frame_names);
PGCXX_FUNCTION(probe_kinds, kind_names);
PGCXX_FUNCTION(probe_witnesses, witnesses);
PGCXX_FUNCTION(probe_swallow_error, swallow_error);
PGCXX_FUNCTION(probe_swallow_inside_attempt, swallow_inside_attempt);
PGCXX_FUNCTION(probe_location_of, location_of);
PGCXX_FUNCTION(probe_fields_of, fields_of);
