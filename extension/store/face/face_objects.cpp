#include "store/face/face_objects.hpp"

#include "store/account/account.hpp"
#include "store/face/face_relation.hpp"

#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

class face_maker {
public:
    explicit face_maker(pgcxx::spi::session &sql) : sql_(sql) {}

    void make_all() {
        check_is_ours();
        make_wrapper();
        make_schema();
        make_calendar();
        for (const face_relation &each : face_relations()) {
            make_foreign_table(each);
            make_view(each);
        }
        drop_former_parts();
    }

private:
    // Somebody else's schema or view of that name would be his door to whoever reads.
    void check_is_ours() {
        std::vector<std::string> names{"calendar_month"};
        for (const face_relation &each : face_relations())
            names.push_back(each.name);
        const auto foreign = sql_.query<std::string>(
            "select 'schema ' || n.nspname from pg_catalog.pg_namespace n"
            " where n.nspname = 'crm_bi' and pg_catalog.pg_get_userbyid(n.nspowner) <> current_user"
            " union all select 'relation crm_bi.' || c.relname from pg_catalog.pg_class c"
            " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'crm_bi' and (c.relname = any ($1) or c.relname ~ '^part_[0-9]+_of_')"
            " and (pg_catalog.pg_get_userbyid(c.relowner) <> current_user"
            " or c.relkind <> case c.relname when 'calendar_month' then 'r' else 'v' end)",
            names);
        if (foreign.empty())
            return;
        const auto [what] = foreign.front();
        throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, what + " is not the extension's")
            .detail("The views of crm_bi belong to the extension, and to its owner.")
            .hint("Drop it or rename it; or give it to the owner of the extension, when it is of a former "
                  "version.");
    }

    bool is_there(pgcxx::sql_text question, const std::string &name) {
        const auto rows = sql_.query<bool>(question, name);
        return !rows.empty();
    }

    bool has_relation(const std::string &schema, const std::string &name) {
        const auto rows =
            sql_.query<bool>("select true from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                             " on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2",
                             schema, name);
        return !rows.empty();
    }

    void make_wrapper() {
        if (is_there("select true from pg_catalog.pg_foreign_data_wrapper w where w.fdwname = $1",
                     "pgcrm_accounts"))
            return;
        sql_.execute("create foreign data wrapper pgcrm_accounts handler pgcrm.face_handler"
                     " validator pgcrm.check_face_options");
        sql_.execute("comment on foreign data wrapper pgcrm_accounts is"
                     " 'Reads relations of all accounts, each as its owner'");
        sql_.execute("create server pgcrm_accounts foreign data wrapper pgcrm_accounts");
        sql_.execute("comment on server pgcrm_accounts is 'The accounts of this database'");
    }

    void make_schema() {
        if (!schema_exists("crm_bi"))
            sql_.execute("create schema crm_bi");
        else if (!is_there(
                     "select true from pg_catalog.pg_depend d where d.classid = 'pg_namespace'::regclass"
                     " and d.objid = pg_catalog.to_regnamespace($1) and d.deptype = 'e'",
                     "crm_bi"))
            sql_.execute("alter extension pgcrm add schema crm_bi");
        sql_.execute("comment on schema crm_bi is 'All accounts of pgcrm side by side, for BI tools'");
        sql_.execute("grant usage on schema crm_bi to public");
    }

    // Views and the calendar of a former version were nobody's members.
    void take_in(pgcxx::sql_literal kind, const std::string &name) {
        if (is_there("select true from pg_catalog.pg_depend d where d.classid = 'pg_class'::regclass"
                     " and d.objid = pg_catalog.to_regclass($1) and d.deptype = 'e'",
                     identifier{"crm_bi", name}.text()))
            return;
        statement text;
        text << "alter extension pgcrm add " << kind << " " << identifier{"crm_bi", name};
        sql_.execute(text);
    }

    // The date dimension: all months that an event may lie in, in any zone.
    void make_calendar() {
        if (has_relation("crm_bi", "calendar_month")) {
            take_in("table", "calendar_month");
        } else {
            sql_.execute("create table crm_bi.calendar_month (month date not null, year integer not null,"
                         " quarter integer not null, month_of_year integer not null, label text not null,"
                         " constraint calendar_month_is_unique primary key (month))");
            sql_.execute("insert into crm_bi.calendar_month (month, year, quarter, month_of_year, label)"
                         " select m::date, extract(year from m)::integer, extract(quarter from m)::integer,"
                         " extract(month from m)::integer, to_char(m, 'YYYY-MM')"
                         " from generate_series(timestamp '1969-12-01', timestamp '2200-01-01', interval '1 "
                         "month') m");
            sql_.execute("analyze crm_bi.calendar_month");
        }
        sql_.execute("comment on table crm_bi.calendar_month is 'Every month that an event may lie in, from "
                     "1970 to 2199 in any zone, for joins and axes'");
        sql_.execute("grant select on table crm_bi.calendar_month to public");
    }

    static std::string foreign_name(const face_relation &of) { return "bi_" + of.name; }

    void make_foreign_table(const face_relation &of) {
        const identifier table{"pgcrm", foreign_name(of)};
        if (has_relation("pgcrm", foreign_name(of)))
            add_missing_columns(of, table);
        else
            create_foreign_table(of, table);
        describe("foreign table", table, of.comment + ", of all accounts: what crm_bi." + of.name + " reads");
        describe_columns(of, table);
    }

    void create_foreign_table(const face_relation &of, const identifier &table) {
        std::vector<statement> columns;
        for (const face_column &each : of.columns)
            columns.push_back(statement() << identifier{each.name} << " " << each.type);
        statement text;
        text << "create foreign table " << table << " (";
        text.join(", ", columns) << ") server pgcrm_accounts options (relation " << literal{of.name} << ")";
        sql_.execute(text);
    }

    void add_missing_columns(const face_relation &of, const identifier &table) {
        for (const face_column &each : of.columns) {
            statement text;
            text << "alter foreign table " << table << " add column if not exists " << identifier{each.name}
                 << " " << each.type;
            sql_.execute(text);
        }
    }

    void make_view(const face_relation &of) {
        if (has_relation("crm_bi", of.name))
            take_in("view", of.name);
        const identifier view{"crm_bi", of.name};
        std::vector<identifier> columns;
        for (const face_column &each : of.columns)
            columns.push_back(identifier{"f", each.name});
        statement text;
        text << "create or replace view " << view << " as select ";
        text.join(", ", columns) << " from " << identifier{"pgcrm", foreign_name(of)} << " f";
        sql_.execute(text);
        describe("view", view, of.comment);
        describe_columns(of, view);
        statement grant;
        grant << "grant select on table " << view << " to public";
        sql_.execute(grant);
    }

    void describe(pgcxx::sql_literal kind, const identifier &object, const std::string &comment) {
        statement text;
        text << "comment on " << kind << " " << object << " is " << literal{comment};
        sql_.execute(text);
    }

    void describe_columns(const face_relation &of, const identifier &relation) {
        for (const face_column &each : of.columns) {
            statement text;
            text << "comment on column " << relation << "." << identifier{each.name} << " is "
                 << literal{each.comment};
            sql_.execute(text);
        }
    }

    // A former version made views of many accounts of views of some.
    void drop_former_parts() {
        std::vector<std::string> parts;
        for (const auto &[name] : sql_.query<std::string>(
                 "select c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                 " on n.oid = c.relnamespace and n.nspname = 'crm_bi'"
                 " where c.relkind = 'v' and c.relname ~ '^part_[0-9]+_of_' order by 1"))
            parts.push_back(name);
        for (const std::string &part : parts) {
            statement text;
            text << "drop view " << identifier{"crm_bi", part};
            sql_.execute(text);
        }
    }

    pgcxx::spi::session &sql_;
};

} // namespace

void make_face_objects() {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    const pgcxx::settings_scope settings;
    pgcxx::spi::session sql;
    face_maker(sql).make_all();
}

} // namespace pgcrm::store
