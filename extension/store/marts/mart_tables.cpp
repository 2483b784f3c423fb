#include "store/marts/mart_tables.hpp"

#include <array>
#include <string>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

void make_reported(table_maker &tables) {
    statement reported;
    reported << R"(
        through_month date not null,
        run_id        bigint not null,
        reported_at   timestamptz not null,
        constraint reported_is_unique primary key (through_month),
        constraint month_is_a_first_day check (extract(day from through_month) = 1)
    )";
    tables.make(
        "reported", reported,
        "Which run first reported which months: those through this month that no earlier row has; run_id is "
        "the last run that is in what was reported");
}

constexpr std::string_view restatement_comment = "Each change of a number of a month that had been reported: "
                                                 "by which run, through which lead, and whether an "
                                                 "event or a changed definition was the cause; cell is what "
                                                 "the mart's key has beside the month, in its order";

void make_restatement(table_maker &tables) {
    statement columns;
    columns << R"(
        run_id  bigint not null,
        lead_id text collate "C" not null,
        mart    text collate "C" not null,
        month   date not null,
        cell    text[] collate "C" not null,
        measure text collate "C" not null,
        delta   numeric not null,
        cause   text not null,
        constraint restatement_is_unique primary key (run_id, lead_id, mart, month, cell, measure),
        constraint cause_is_known check (cause in ('event', 'definition'))
    )";
    tables.make("restatement", columns, restatement_comment);
}

// Layout 2 had a column for the stage, and one for what some marts divide by beside it.
void gather_cells(table_maker &tables) {
    tables.alter("restatement", statement("drop constraint restatement_is_unique"));
    tables.alter("restatement", statement("rename to restatement_of_2"));
    make_restatement(tables);
    tables.run(
        statement()
        << "insert into " << tables.name("restatement")
        << " (run_id, lead_id, mart, month, cell, measure, delta, cause)"
           " select r.run_id, r.lead_id, r.mart, r.month, case r.mart when 'funnel_monthly'"
           " then array[r.stage_id] else array[r.stage_id, r.part] end, r.measure, r.delta, r.cause from "
        << tables.name("restatement_of_2") << " r");
    tables.run(statement() << "drop table " << tables.name("restatement_of_2"));
}

statement sql_type(key_type of) {
    switch (of) {
    case key_type::date:
        return statement("date");
    case key_type::integer:
        return statement("bigint");
    case key_type::text:
        break;
    }
    return statement("text collate \"C\"");
}

statement sql_type(measure_type of) {
    return of == measure_type::bigint ? statement("bigint") : statement("numeric");
}

statement columns_of(const mart &of) {
    statement columns, key;
    for (const key_column &each : of.key) {
        columns << identifier{each.name} << " " << sql_type(each.type) << " not null, ";
        if (each.type == key_type::date)
            columns << "constraint " << identifier{std::string(each.name) + "_is_a_first_day"}
                    << " check (extract(day from " << identifier{each.name} << ") = 1), ";
        key << (key.empty() ? pgcxx::sql_literal("") : pgcxx::sql_literal(", ")) << identifier{each.name};
    }
    for (const measure_column &each : of.measures)
        columns << identifier{each.name} << " " << sql_type(each.type) << " not null, ";
    return columns << "constraint " << identifier{std::string(of.name) + "_is_unique"} << " primary key ("
                   << key << ")";
}

} // namespace

const room_tables &reporting_tables() {
    static constexpr std::array relations{account_relation{"reported", make_reported, 2},
                                          account_relation{"restatement", make_restatement, 2}};
    static constexpr std::array steps{layout_step{3, "restatement", gather_cells}};
    static constexpr room_tables room{relations, steps};
    return room;
}

bool make_missing_marts(pgcxx::spi::session &sql, const account &of) {
    table_maker tables(sql, of.name);
    bool is_any_made = false;
    for (const mart *each : marts()) {
        if (has_own_table(of, each->name))
            continue;
        if (table_exists(of, each->name))
            throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "relation \"" + of.name + "." + std::string(each->name) +
                            "\" is not a table of the account's owner")
                .detail("It has the name of a mart.")
                .hint("Rename or drop it; the next refresh makes the mart.");
        tables.make(each->name, columns_of(*each), each->comment);
        is_any_made = true;
    }
    if (is_any_made)
        sql.execute(statement() << "update " << table_of(of, "account")
                                << " a set built_engine_version = null");
    return is_any_made;
}

void check_has_mart(const account &of, const mart &wanted) {
    if (!has_own_table(of, wanted.name))
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + of.name + "\" has no mart \"" + std::string(wanted.name) + "\" yet")
            .detail("It came with this version of the extension.")
            .hint("Its next refresh makes it: select * from crm_refresh(" + literal{of.name}.text() + ").");
}

void check_has_marts(const account &of) {
    for (const mart *each : marts())
        check_has_mart(of, *each);
}

} // namespace pgcrm::store
