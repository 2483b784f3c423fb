#include "store/account/grants.hpp"

#include "store/account/compatible_views.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::sql_literal;
using pgcxx::statement;

// The public functions that a right is of use with, in the schema that the extension was installed into.
constexpr std::array ingest_functions{
    sql_literal("crm_ingest(text, jsonb)"), sql_literal("crm_ingest_batch(text, bytea[])"),
    sql_literal("crm_ingest_batch(text, text[])"), sql_literal("crm_ingest_table(text, regclass)"),
    sql_literal("crm_gateway_accounts()")};
constexpr std::array read_functions{sql_literal("crm_funnel(text, text, date, date)"),
                                    sql_literal("crm_verify(text)"),
                                    sql_literal("crm_reported_at(text, text, timestamptz)"),
                                    sql_literal("crm_quarantine(text, text, bigint)")};

// What these call.
constexpr std::array inner_read_functions{sql_literal("reported_at(text, text, timestamptz)")};

identifier extension_schema(pgcxx::spi::session &sql) {
    const auto rows = sql.query<std::string>(
        "select n.nspname::text from pg_catalog.pg_extension e"
        " join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrm'");
    const auto [name] = rows[0];
    return identifier{name};
}

// Most extensions lie in public, which everybody may use already.
void grant_extension_schema(pgcxx::spi::session &sql, const identifier &schema, const std::string &role) {
    const auto lacking = sql.query<bool>(
        "select true from pg_catalog.pg_extension e where e.extname = 'pgcrm'"
        " and not pg_catalog.has_schema_privilege($1::pg_catalog.name, e.extnamespace, 'usage')",
        role);
    if (lacking.empty())
        return;
    statement text;
    text << "grant usage on schema " << schema << " to " << identifier{role};
    sql.execute(text);
}

void grant_status(pgcxx::spi::session &sql, const identifier &role) {
    statement schema, view, function;
    schema << "grant usage on schema pgcrm to " << role;
    view << "grant select on pgcrm.account_status to " << role;
    function << "grant execute on function pgcrm.account_statuses() to " << role;
    sql.execute(schema);
    sql.execute(view);
    sql.execute(function);
}

// The server shows to each role how far its own loads are, and to nobody those of others.
void grant_progress(pgcxx::spi::session &sql, const identifier &role) {
    statement view;
    view << "grant select on pgcrm.ingest_progress to " << role;
    sql.execute(view);
}

template <class Functions>
void grant_execute(pgcxx::spi::session &sql, const identifier &schema, const Functions &functions,
                   const identifier &role) {
    for (const sql_literal function : functions) {
        statement text;
        text << "grant execute on function " << schema << "." << function << " to " << role;
        sql.execute(text);
    }
}

// As the extension's owner: who gives a right on his account need not own the functions.
void grant_functions(const std::string &role_name, privilege what) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    const identifier role{role_name};
    const identifier schema = extension_schema(sql);
    grant_extension_schema(sql, schema, role_name);
    grant_status(sql, role);
    if (what == privilege::ingest) {
        grant_execute(sql, schema, ingest_functions, role);
        grant_progress(sql, role);
    } else {
        grant_execute(sql, schema, read_functions, role);
        grant_execute(sql, identifier{"pgcrm"}, inner_read_functions, role);
    }
}

// Tables and views of the owner in the account's schema, and its views of older names. What somebody else
// has put there is his to grant; the secrets are the owner's alone.
std::vector<identifier> readable_relations(pgcxx::spi::session &sql, const account &of) {
    std::vector<identifier> relations;
    const auto rows = sql.query<std::string>("select c.relname::text from pg_catalog.pg_class c"
                                             " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                                             " where n.nspname = $1 and c.relowner = n.nspowner"
                                             " and c.relkind in ('r', 'p', 'v', 'm', 'f')"
                                             " and c.relname <> 'secret' order by 1",
                                             of.name);
    for (const auto &[name] : rows)
        relations.push_back(table_of(of, name));
    for (const std::string &name : compatible_views_of(sql, of))
        relations.push_back(identifier{"public", name});
    return relations;
}

void grant_reading(pgcxx::spi::session &sql, const account &of, const identifier &role) {
    statement schema, relations;
    schema << "grant usage on schema " << identifier{of.name} << " to " << role;
    sql.execute(schema);
    relations << "grant select on ";
    relations.join(", ", readable_relations(sql, of)) << " to " << role;
    sql.execute(relations);
}

void revoke_reading(pgcxx::spi::session &sql, const account &of, const identifier &role) {
    statement schema, relations;
    schema << "revoke usage on schema " << identifier{of.name} << " from " << role;
    sql.execute(schema);
    relations << "revoke select on ";
    relations.join(", ", readable_relations(sql, of)) << " from " << role;
    sql.execute(relations);
}

void warn_of_what_is_left(const account &of, const std::string &role, privilege what) {
    const account_right wanted = what == privilege::ingest ? account_right::ingest : account_right::read;
    if (has_right(require_role(role), of, wanted))
        pgcxx::warning("role \"" + role + "\" still has this right on account \"" + of.name + "\"",
                       "It has it as the owner, as a superuser, from another role that it is a member of, or "
                       "from another grantor.");
}

std::vector<std::string> ingesters_of(pgcxx::spi::session &sql, const account &of) {
    std::vector<std::string> roles;
    const auto rows = sql.query<std::string>(
        "select distinct r.rolname::text from pg_catalog.pg_class c"
        " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        " cross join lateral pg_catalog.aclexplode(c.relacl) a"
        " join pg_catalog.pg_roles r on r.oid = a.grantee"
        " where n.nspname = $1 and c.relname = 'pending_mark' and c.relkind = 'S' and c.relowner = n.nspowner"
        " and a.privilege_type = 'USAGE' and a.grantee <> c.relowner order by 1",
        of.name);
    for (const auto &[role] : rows)
        roles.push_back(role);
    return roles;
}

} // namespace

privilege privilege_named(std::string_view name) {
    if (name == "ingest")
        return privilege::ingest;
    if (name == "read")
        return privilege::read;
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "unknown privilege \"" + std::string(name) + "\"")
        .hint("Use ingest or read.");
}

Oid require_role(const std::string &name) {
    if (const auto role = pgcxx::find_role(name))
        return *role;
    const bool is_public = name == "public";
    throw error(ERRCODE_UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")
        .hint(is_public ? "Rights are given to roles one by one, not to PUBLIC."
                        : "Make it with CREATE ROLE.");
}

void grant(const account &of, const std::string &role, privilege what) {
    const bool is_the_owner = require_role(role) == of.owner;
    grant_functions(role, what);
    if (is_the_owner)
        return;
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    if (what == privilege::read) {
        grant_reading(sql, of, identifier{role});
        grant_later_tables(of, {role});
        return;
    }
    statement text;
    text << "grant usage on sequence " << table_of(of, "pending_mark") << " to " << identifier{role};
    sql.execute(text);
}

void revoke(const account &of, const std::string &role, privilege what) {
    if (require_role(role) != of.owner) {
        const owner_scope as_owner(of);
        pgcxx::spi::session sql;
        if (what == privilege::read) {
            revoke_reading(sql, of, identifier{role});
            revoke_later_tables(of, {role});
        } else {
            statement text;
            text << "revoke usage on sequence " << table_of(of, "pending_mark") << " from "
                 << identifier{role};
            sql.execute(text);
        }
    }
    warn_of_what_is_left(of, role, what);
}

std::vector<std::string> readers_of(pgcxx::spi::session &sql, const std::vector<std::string> &accounts) {
    std::vector<std::string> roles;
    const auto rows = sql.query<std::string>(
        "select distinct r.rolname::text from pg_catalog.pg_namespace n"
        " join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'observation'"
        " and c.relowner = n.nspowner"
        " cross join lateral pg_catalog.aclexplode(n.nspacl) a"
        " join pg_catalog.pg_roles r on r.oid = a.grantee"
        " where n.nspname = any ($1) and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner"
        " and exists (select from pg_catalog.aclexplode(c.relacl) t"
        " where t.grantee = a.grantee and t.privilege_type = 'SELECT') order by 1",
        accounts);
    for (const auto &[role] : rows)
        roles.push_back(role);
    return roles;
}

void grant_functions_again(const account &of) {
    pgcxx::spi::session sql;
    for (const std::string &role : ingesters_of(sql, of))
        grant_functions(role, privilege::ingest);
    for (const std::string &role : readers_of(sql, {of.name}))
        grant_functions(role, privilege::read);
}

void grant_later_tables(const account &of, const std::vector<std::string> &readers) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    for (const std::string &role : readers) {
        statement text;
        text << "alter default privileges in schema " << identifier{of.name} << " grant select on tables to "
             << identifier{role};
        sql.execute(text);
    }
}

void revoke_later_tables(const account &of, const std::vector<std::string> &readers) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    for (const std::string &role : readers) {
        statement text;
        text << "alter default privileges in schema " << identifier{of.name}
             << " revoke select on tables from " << identifier{role};
        sql.execute(text);
    }
}

} // namespace pgcrm::store
