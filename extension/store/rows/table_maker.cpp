#include "store/rows/table_maker.hpp"

#include <optional>

namespace pgcrm::store {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

void table_maker::make(std::string_view table, const statement &columns, std::string_view comment) {
    run(statement() << "create table " << name(table) << " (" << columns << ")");
    describe(table, comment);
}

void table_maker::make_sequence(std::string_view sequence, pgcxx::sql_literal how, std::string_view comment) {
    run(statement() << "create sequence " << name(sequence) << " " << how);
    describe_sequence(sequence, comment);
}

void table_maker::describe(std::string_view table, std::string_view comment) {
    run(statement() << "comment on table " << name(table) << " is " << literal{comment});
}

void table_maker::describe_sequence(std::string_view sequence, std::string_view comment) {
    run(statement() << "comment on sequence " << name(sequence) << " is " << literal{comment});
}

void table_maker::describe_column(std::string_view table, std::string_view column, std::string_view comment) {
    run(statement() << "comment on column " << identifier{schema_, table, column} << " is "
                    << literal{comment});
}

void table_maker::alter(std::string_view table, const statement &change) {
    run(statement() << "alter table " << name(table) << " " << change);
}

void table_maker::keep_to_owner(std::string_view table) {
    const auto rows = sql_.query<std::optional<std::string>>(
        "select r.rolname::text from pg_catalog.pg_class c cross join lateral aclexplode(c.relacl) a"
        " left join pg_catalog.pg_roles r on r.oid = a.grantee where c.oid = pg_catalog.to_regclass($1)"
        " and a.grantee <> c.relowner group by 1 order by 1",
        name(table).text());
    for (const auto &[role] : rows) {
        statement text;
        text << "revoke all on table " << name(table) << " from ";
        if (role)
            text << identifier{*role};
        else
            text << "public";
        sql_.execute(text);
    }
}

} // namespace pgcrm::store
