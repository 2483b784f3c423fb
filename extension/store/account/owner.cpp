#include "store/account/owner.hpp"

#include "store/account/compatible_views.hpp"
#include "store/account/grants.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

std::string quoted_name(Oid role) { return identifier{pgcxx::role_name(role).value_or("?")}.text(); }

// What runs when the account's tables are written or read: triggers, rules, policies, whatever calls a
// function, an operator or a type that did not come with the server, and views in place of tables.
std::vector<std::string> code_in_tables(pgcxx::spi::session &sql, const account &of) {
    std::vector<std::string> found;
    const auto rows = sql.query<std::string>(
        "with relation as (select c.oid, c.relname::text as name, c.relkind from pg_catalog.pg_class c"
        " where c.relnamespace = $1::pg_catalog.regnamespace and c.relkind in ('r', 'p', 'f')),"
        " part(class, object, name) as (select 'pg_class'::regclass, r.oid, r.name from relation r"
        " union all select 'pg_class', i.indexrelid, r.name from relation r join pg_index i on i.indrelid = "
        "r.oid"
        " union all select 'pg_attrdef', d.oid, r.name from relation r join pg_attrdef d on d.adrelid = r.oid"
        " union all select 'pg_constraint', c.oid, r.name from relation r join pg_constraint c on c.conrelid "
        "= r.oid"
        " union all select 'pg_statistic_ext', s.oid, r.name from relation r"
        " join pg_statistic_ext s on s.stxrelid = r.oid)"
        " select 'trigger ' || t.tgname || ' of ' || r.name from relation r join pg_trigger t on t.tgrelid = "
        "r.oid"
        " where not t.tgisinternal"
        " union select 'rule ' || w.rulename || ' of ' || r.name from relation r"
        " join pg_rewrite w on w.ev_class = r.oid"
        " union select 'policy ' || p.polname || ' of ' || r.name from relation r"
        " join pg_policy p on p.polrelid = r.oid"
        " union select 'table ' || i.inhrelid::regclass::text || ' under ' || r.name from relation r"
        " join pg_inherits i on i.inhparent = r.oid"
        " union select 'foreign table ' || r.name from relation r where r.relkind = 'f'"
        " union select 'view ' || c.relname from pg_class c"
        " where c.relnamespace = $1::pg_catalog.regnamespace and c.relkind in ('v', 'm')"
        " union select pg_describe_object(d.refclassid, d.refobjid, 0) || ' used by ' || p.name from part p"
        " join pg_depend d on d.classid = p.class and d.objid = p.object"
        " where d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass,"
        " 'pg_opclass'::regclass) order by 1",
        identifier{of.name}.text());
    for (const auto &[what] : rows)
        found.push_back(what);
    return found;
}

// What the former owner has planted would run as the new one from the next event on.
void check_holds_no_code(const account &of) {
    pgcxx::spi::session sql;
    const std::vector<std::string> code = code_in_tables(sql, of);
    if (code.empty())
        return;
    std::string list;
    for (const std::string &each : code)
        list += (list.empty() ? "" : ", ") + each;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "account \"" + of.name + "\" holds code that would run with the rights of its new owner")
        .detail("There is: " + list + ".")
        .hint("Drop it, change the owner, and let him make again what he trusts.");
}

// As the caller, who needs the rights that ALTER ... OWNER TO asks for. ALTER TABLE knows sequences and
// views.
void give_relations(const account &of, const identifier &new_owner, const std::vector<std::string> &views) {
    pgcxx::spi::session sql;
    statement schema;
    schema << "alter schema " << identifier{of.name} << " owner to " << new_owner;
    sql.execute(schema);
    std::vector<identifier> relations;
    const auto rows = sql.query<std::string>(
        "select c.relname::text from pg_catalog.pg_class c where c.relnamespace = "
        "$1::pg_catalog.regnamespace"
        " and c.relowner = $2::pg_catalog.regrole and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')"
        // sequences of serial and identity columns go with their table
        " and not exists (select from pg_catalog.pg_depend d"
        " where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid"
        " and c.relkind = 'S' and d.deptype in ('a', 'i')) order by 1",
        identifier{of.name}.text(), quoted_name(of.owner));
    for (const auto &[name] : rows)
        relations.push_back(table_of(of, name));
    for (const std::string &name : views)
        relations.push_back(identifier{"public", name});
    for (const identifier &relation : relations) {
        statement text;
        text << "alter table " << relation << " owner to " << new_owner;
        sql.execute(text);
    }
}

} // namespace

void check_may_act_as(Oid role) {
    if (pgcxx::has_privs_of(pgcxx::current_user(), role))
        return;
    const std::string caller = quoted_name(pgcxx::current_user());
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, "must have the rights of role " + quoted_name(role))
        .detail("Role " + caller + " can make an account for roles that it is a member of.")
        .hint("Let an administrator run: GRANT " + quoted_name(role) + " TO " + caller + ".");
}

void check_may_make_schemas() {
    if (pgcxx::may_create_in_database(pgcxx::current_user()))
        return;
    pgcxx::spi::session sql;
    const auto rows = sql.query<std::string>("select pg_catalog.current_database()::text");
    const auto [database] = rows[0];
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, "permission denied for database \"" + database + "\"")
        .detail("An account is a schema, which the caller may not make here.")
        .hint("Let an administrator run: GRANT CREATE ON DATABASE " + identifier{database}.text() + " TO " +
              quoted_name(pgcxx::current_user()) + ".");
}

void change_owner(account &of, Oid new_owner) {
    if (new_owner == of.owner)
        return;
    check_may_act_as(new_owner);
    check_may_make_schemas();
    lock_out_others(of);
    if (!pgcxx::has_privs_of(of.owner, new_owner))
        check_holds_no_code(of);
    pgcxx::spi::session sql;
    const std::vector<std::string> views = compatible_views_of(sql, of);
    if (!views.empty())
        check_may_create_in_public(new_owner);
    const std::vector<std::string> readers = readers_of(sql, {of.name});
    revoke_later_tables(of, readers);
    give_relations(of, identifier{pgcxx::role_name(new_owner).value_or("?")}, views);
    of.owner = new_owner;
    grant_later_tables(of, readers_of(sql, {of.name}));
}

// The table's lock and not the row's: whoever waits for the row holds the table, which a drop and a new owner
// need.
void lock_out_others(const account &of) {
    if (!table_exists(of, "account"))
        return;
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    statement text;
    text << "lock table " << table_of(of, "account") << " in access exclusive mode";
    sql.execute(text);
}

} // namespace pgcrm::store
