#include "store/account/compatible_views.hpp"

#include "store/account/grants.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

// The comment of every such view begins like this.
constexpr std::string_view mark = "Made by pgcrm for reports of older names: ";

std::string view_name(const account &of, const std::string &stream) { return of.name + "_" + stream; }

void check_names_are_free(pgcxx::spi::session &sql, const account &of,
                          const std::vector<std::string> &streams) {
    const std::vector<std::string> own = compatible_views_of(sql, of);
    for (const std::string &each : streams) {
        const std::string name = view_name(of, each);
        const auto taken = sql.query<bool>("select true from pg_catalog.pg_class c where c.relname = $1"
                                           " and c.relnamespace = 'public'::pg_catalog.regnamespace",
                                           name);
        if (!taken.empty() && std::find(own.begin(), own.end(), name) == own.end())
            throw error(ERRCODE_DUPLICATE_TABLE, "relation \"public." + name + "\" already exists")
                .detail("A compatible view of account \"" + of.name + "\" would have this name.")
                .hint("Rename or drop it, or go without compatible views.");
    }
}

void make_view(pgcxx::spi::session &sql, const account &of, const std::string &stream) {
    const identifier name{"public", view_name(of, stream)};
    statement create;
    create << "create or replace view " << name << " as select b.* from " << table_of(of, stream) << " b";
    sql.execute(create);
    statement describe;
    describe << "comment on view " << name << " is "
             << literal{std::string(mark) + "the events of stream " + stream + " of account " + of.name};
    sql.execute(describe);
}

void grant_select(pgcxx::spi::session &sql, const account &of, const std::string &stream,
                  const std::vector<std::string> &readers) {
    for (const std::string &role : readers) {
        statement text;
        text << "grant select on " << identifier{"public", view_name(of, stream)} << " to "
             << identifier{role};
        sql.execute(text);
    }
}

} // namespace

std::vector<std::string> compatible_views_of(pgcxx::spi::session &sql, const account &of) {
    std::vector<std::string> views;
    const auto rows = sql.query<std::string>(
        "select c.relname::text from pg_catalog.pg_class c"
        " join pg_catalog.pg_namespace p on p.oid = c.relnamespace and p.nspname = 'public'"
        " join pg_catalog.pg_namespace n on n.nspname = $1 and n.nspowner = c.relowner"
        " where c.relkind = 'v' and pg_catalog.starts_with(c.relname::text, $1 || '_')"
        " and pg_catalog.starts_with(pg_catalog.obj_description(c.oid, 'pg_class'), $2)"
        // one account's name may begin with another's
        " and exists (select from pg_catalog.pg_rewrite w join pg_catalog.pg_depend d"
        " on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid"
        " and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
        " join pg_catalog.pg_class t on t.oid = d.refobjid where w.ev_class = c.oid"
        " and t.relnamespace = n.oid and c.relname::text = $1 || '_' || t.relname::text) order by 1",
        of.name, mark);
    for (const auto &[name] : rows)
        views.push_back(name);
    return views;
}

void make_compatible_views(const account &of, const std::vector<std::string> &streams) {
    check_may_create_in_public(of.owner);
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    check_names_are_free(sql, of, streams);
    const std::vector<std::string> readers = readers_of(sql, {of.name});
    for (const std::string &each : streams) {
        make_view(sql, of, each);
        grant_select(sql, of, each, readers);
    }
}

void drop_compatible_views(const account &of) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    for (const std::string &name : compatible_views_of(sql, of)) {
        statement text;
        text << "drop view " << identifier{"public", name};
        sql.execute(text);
    }
}

void check_may_create_in_public(Oid role) {
    const auto schema = pgcxx::find_schema("public");
    if (!schema)
        throw error(ERRCODE_UNDEFINED_SCHEMA, "schema \"public\" does not exist")
            .hint("Compatible views lie in it: create it, or go without them.");
    if (pgcxx::may_create_in_schema(role, *schema))
        return;
    const std::string name = identifier{pgcxx::role_name(role).value_or("?")}.text();
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, "permission denied for schema public")
        .detail("The account's owner " + name + " cannot make the compatible views there.")
        .hint("Let him: GRANT CREATE ON SCHEMA public TO " + name + ".");
}

} // namespace pgcrm::store
