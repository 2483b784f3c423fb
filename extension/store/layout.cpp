#include "store/layout.hpp"

#include "core/marts/mart.hpp"
#include "store/account/own_tables.hpp"
#include "store/catalog/typed_tables.hpp"
#include "store/event/body_tables.hpp"
#include "store/history/history_tables.hpp"
#include "store/marts/mart_tables.hpp"
#include "store/observation/observation_rewrite.hpp"
#include "store/observation/observation_tables.hpp"
#include "store/refresh/refresh_tables.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

std::array<const room_tables *, 6> all_rooms() {
    return {&own_tables(),     &body_tables(),      &observation_tables(),
            &history_tables(), &reporting_tables(), &refresh_tables()};
}

bool was_there(const room_tables &room, std::string_view relation, std::int32_t layout) {
    return std::any_of(room.relations.begin(), room.relations.end(), [&](const account_relation &each) {
        return each.name == relation && each.since <= layout;
    });
}

void change_tables(table_maker &tables, std::int32_t from) {
    for (const room_tables *room : all_rooms())
        for (const layout_step &step : room->steps)
            if (step.to > from && was_there(*room, step.relation, from))
                step.change(tables);
}

// Those that a layout lacks: all that there are, for layout 0.
void make_tables(table_maker &tables, std::int32_t from) {
    for (const room_tables *room : all_rooms())
        for (const account_relation &each : room->relations)
            if (each.since > from && each.make != nullptr)
                each.make(tables);
}

// Until whoever is at work has come to his end: who looks at the account later finds its new layout.
void wait_for_all(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "lock table " << table_of(of, "account") << " in access exclusive mode";
    sql.execute(text);
}

// The caller may make schemas, the owner need not.
void make_schema(const account &of) {
    pgcxx::spi::session sql;
    statement text;
    text << "create schema " << identifier{of.name} << " authorization "
         << identifier{pgcxx::role_name(of.owner).value_or("?")};
    sql.execute(text);
}

std::vector<std::string> relation_names(std::span<const stream> streams) {
    std::vector<std::string> names;
    for (const room_tables *room : all_rooms())
        for (const account_relation &each : room->relations)
            names.emplace_back(each.name);
    for (const mart *each : marts())
        names.emplace_back(each->name);
    for (const stream &each : streams)
        names.push_back(each.name);
    return names;
}

} // namespace

void create_schema(const account &of, std::span<const stream> streams) {
    make_schema(of);
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    make_tables(tables, 0);
    make_missing_marts(sql, of);
    fit_typed_tables(of, streams);
}

void upgrade_schema(const account &of, std::int32_t from, std::span<const stream> streams) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    if (from < layout_with_sequences)
        wait_for_all(sql, of);
    change_tables(tables, from);
    if (from < layout_with_sequences)
        rewrite_observations(tables, streams);
    make_tables(tables, from);
    make_missing_marts(sql, of);
    fit_typed_tables(of, streams);
    statement stamp;
    stamp << "update " << table_of(of, "account") << " a set layout_version = $1";
    sql.execute(stamp, layout_version);
}

void write_own_row(const account &of, std::string_view time_zone) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    statement insert;
    insert << "insert into " << table_of(of, "account")
           << " (account, source, time_zone, layout_version, created_at)"
              " values ($1, $2, $3, $4, pg_catalog.now())";
    sql.execute(insert, of.name, of.source, time_zone, layout_version);
}

void check_relations(const account &of, std::span<const stream> streams) {
    const std::vector<std::string> names = relation_names(streams);
    pgcxx::spi::session sql;
    const auto rows = sql.query<std::string>(
        "select coalesce(c.relname::text || ' belongs to ' || pg_catalog.pg_get_userbyid(c.relowner)::text,"
        " w.name || ' is missing') from pg_catalog.unnest($2) w(name)"
        " join pg_catalog.pg_namespace n on n.nspname = $1"
        " left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name"
        " where c.relowner is distinct from n.nspowner order by w.name",
        of.name, names);
    if (rows.empty())
        return;
    std::string faults;
    for (const auto &[fault] : rows)
        faults += (faults.empty() ? "" : ", ") + fault;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "schema \"" + of.name + "\" does not have all tables of an account")
        .detail("Relation " + faults + ".")
        .hint("Restore them, or give them to the owner of the schema.");
}

} // namespace pgcrm::store
