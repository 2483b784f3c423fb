// attempt, user_scope and settings_scope: what each leaves behind, in all nestings.
#include "probe.hpp"

using namespace pgcxx;

namespace {

// Who and where we are, as the server sees it.
std::string state_now() {
    spi::session sql;
    return std::get<0>(
        sql.query<std::string>("select current_user || ', ' || current_setting('search_path') || ', ' "
                               "|| current_setting('work_mem')")
            .front());
}

Oid role(std::string_view name) { return find_role(name).value(); }

// Each letter of `nesting` opens a scope (u: user, s: settings with a changed
// work_mem, a: attempt), and the innermost fails.  The state is noted at every
// level before and after what is inside.
void nest(std::string_view nesting, std::string_view kind, std::vector<std::string> &notes) {
    probe::witness on_every_level;
    notes.push_back(std::string(nesting.empty() ? "inside" : nesting) + ": " + state_now());
    if (nesting.empty())
        return probe::fail(kind);
    std::string_view const rest = nesting.substr(1);
    switch (nesting[0]) {
    case 'u': {
        user_scope as(role(rest.find('u') == rest.npos ? "probe_user" : "probe_owner"));
        nest(rest, kind, notes);
        break;
    }
    case 's': {
        settings_scope settings;
        settings.set("work_mem", "1MB");
        nest(rest, kind, notes);
        break;
    }
    case 'a':
        if (auto failure = attempt([&] { nest(rest, kind, notes); }))
            notes.push_back("survived " + sqlstate_text(failure->sqlstate()));
        break;
    default:
        throw std::invalid_argument("no such scope");
    }
    notes.push_back(std::string(nesting) + ": " + state_now());
}

set_of<std::string> nesting(std::string_view scopes, std::string_view kind) {
    set_of<std::string> result;
    nest(scopes, kind, result.rows);
    return result;
}

// What a statement says when it is run as somebody else, in a restricted context.
std::string run_as(std::string_view role_of_user, std::string_view text) {
    user_scope as(role(role_of_user));
    settings_scope settings;
    auto failure = attempt([&] {
        spi::session sql;
        sql.execute("select probe.run($1)", text);
    });
    return failure ? sqlstate_text(failure->sqlstate()) + " " + std::string(failure->message()) : "done";
}

// An error of the server's, as far as whoever calls it by SQL can tell.
void raise_sqlstate(std::string_view sqlstate) {
    if (sqlstate.size() != 5)
        throw std::invalid_argument("an SQLSTATE has five characters");
    throw error(MAKE_SQLSTATE(sqlstate[0], sqlstate[1], sqlstate[2], sqlstate[3], sqlstate[4]),
                "raised on request");
}

std::string attempt_statement(sql_text text, std::string_view sqlstate) {
    auto failure = attempt([&] {
        spi::session sql;
        sql.execute(text, sqlstate);
    });
    return failure ? "survived" : "nothing happened";
}

// Whether an error of this SQLSTATE comes back from attempt or goes on.
std::string attempt_sqlstate(std::string_view sqlstate) {
    return attempt_statement("select probe.raise($1)", sqlstate);
}

// The same when it is PL/pgSQL that chose it.
std::string attempt_plpgsql(std::string_view sqlstate) {
    return attempt_statement("select probe.raise_in_plpgsql($1)", sqlstate);
}

// Work before, inside and after a failed attempt, in one session that stays open.
std::int64_t attempt_keeps_the_rest(std::string_view kind) {
    spi::session sql;
    MemoryContext const memory = CurrentMemoryContext;
    ResourceOwner const owner = CurrentResourceOwner;
    sql.execute("insert into probe.kept values ('before')");
    auto before = sql.query<std::string_view>("select word from probe.kept");
    spi::cursor open(sql, "select g from generate_series(1, 10) as g");
    auto first = open.fetch<std::int32_t>(1);
    auto failure = attempt([&] {
        spi::session inner;
        inner.execute("insert into probe.kept values ('inside')");
        spi::cursor lost(inner, "select 1");
        probe::fail(kind);
    });
    auto second = open.fetch<std::int32_t>(1);
    sql.execute("insert into probe.kept values ('after')");
    if (!failure || CurrentMemoryContext != memory || CurrentResourceOwner != owner)
        throw std::logic_error("attempt did not restore its surroundings");
    return std::get<0>(before.front()) == "before" ? std::get<0>(second.front()) : -1;
}

// A success is committed into the transaction, and its error-free rows can be read.
std::string attempt_commits() {
    std::string word;
    auto failure = attempt([&] {
        spi::session sql;
        sql.execute("insert into probe.kept values ('committed')");
        word = std::get<0>(
            sql.query<std::string>("select word from probe.kept where word = 'committed'").front());
    });
    return failure ? "failed" : word;
}

// Errors of ours and of the standard library go on, after the rollback.
std::string attempt_passes(std::string_view kind) {
    try {
        auto failure = attempt([&] {
            spi::session sql;
            sql.execute("insert into probe.kept values ('not ours')");
            probe::fail(kind);
        });
        return failure ? "survived" : "nothing happened";
    } catch (const error &e) {
        return "error " + std::string(e.message());
    } catch (const std::exception &e) {
        return std::string("exception ") + e.what();
    }
}

// Many failures in one call: each rolled back, nothing left.
std::int64_t attempt_many(std::int32_t times) {
    std::int64_t survived = 0;
    spi::session sql;
    for (std::int32_t i = 0; i < times; ++i)
        if (attempt([&] { probe::fail("unique"); }))
            ++survived;
    return survived;
}

// The privileges of roles, asked without becoming them.
std::tuple<bool, bool, bool, bool, bool, bool, bool> rights_of(std::string_view name) {
    Oid const who = role(name);
    Oid const schema = find_schema("probe").value();
    spi::session sql;
    auto table = sql.query<regclass>("select 'probe.kept'::regclass");
    return {is_superuser(who),
            has_privs_of(who, role("probe_owner")),
            may_use_schema(who, schema),
            owns_schema(who, schema),
            may_access_table(who, std::get<0>(table.front()).oid, ACL_SELECT),
            find_role("no such role").has_value() || find_schema("no such schema").has_value(),
            role_name(who) == name && !role_name(Oid(4294967295)) && current_user() == session_user()};
}

} // namespace

PGCXX_FUNCTION(probe_nesting, nesting);
PGCXX_FUNCTION(probe_run_as, run_as);
PGCXX_FUNCTION(probe_raise, raise_sqlstate);
PGCXX_FUNCTION(probe_attempt_sqlstate, attempt_sqlstate);
PGCXX_FUNCTION(probe_attempt_plpgsql, attempt_plpgsql);
PGCXX_FUNCTION(probe_attempt_keeps_the_rest, attempt_keeps_the_rest);
PGCXX_FUNCTION(probe_attempt_commits, attempt_commits);
PGCXX_FUNCTION(probe_attempt_passes, attempt_passes);
PGCXX_FUNCTION(probe_attempt_many, attempt_many);
PGCXX_FUNCTION(probe_rights_of, rights_of);
