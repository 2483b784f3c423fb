// Making an account's tables: the names are in its schema, everything has its comment. To be used as the
// owner.
//
// Built-in types only, no triggers, no foreign keys, a primary key everywhere: so the schema can be dumped
// and restored by itself, survives DROP EXTENSION, and moves to another node as one piece.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pgcrm::store {

class table_maker {
public:
    table_maker(pgcxx::spi::session &sql, std::string_view schema) : sql_(sql), schema_(schema) {}

    pgcxx::identifier name(std::string_view relation) const { return pgcxx::identifier{schema_, relation}; }

    void make(std::string_view table, const pgcxx::statement &columns, std::string_view comment);
    void make_sequence(std::string_view sequence, pgcxx::sql_literal how, std::string_view comment);

    void describe(std::string_view table, std::string_view comment);
    void describe_sequence(std::string_view sequence, std::string_view comment);
    void describe_column(std::string_view table, std::string_view column, std::string_view comment);

    // "alter table office_a.stage " and what comes behind.
    void alter(std::string_view table, const pgcxx::statement &change);

    // Takes away whatever the owner's default privileges give to others on new tables.
    void keep_to_owner(std::string_view table);

    void run(const pgcxx::statement &text) { sql_.execute(text); }

private:
    pgcxx::spi::session &sql_;
    std::string_view schema_;
};

// A table or sequence that every account has. The tables of streams and marts follow from these instead.
struct account_relation {
    std::string_view name;
    void (*make)(table_maker &); // null: another one's making makes it
    std::int32_t since;          // the layout that it came with
};

// What a relation of an older layout needs, where it is there already.
struct layout_step {
    std::int32_t to;
    std::string_view relation;
    void (*change)(table_maker &);
};

// What each room of store/ tells of its own.
struct room_tables {
    std::span<const account_relation> relations;
    std::span<const layout_step> steps; // in order of layouts
};

} // namespace pgcrm::store
