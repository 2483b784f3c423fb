#include "store/event/body_tables.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

void make_other_event(table_maker &tables) {
    statement columns;
    columns << R"(
        digest      bytea not null,
        event_id    text collate "C",
        event       text,
        times       bigint not null,
        received_at timestamptz not null,
        raw_data    jsonb not null,
        constraint other_event_is_unique primary key (digest)
    )";
    tables.make("other_event", columns,
                "Events of kinds that no stream of the source takes; the key is the sha256 of the body as "
                "jsonb prints it");
}

void make_quarantine(table_maker &tables) {
    statement columns;
    columns << R"(
        digest            bytea not null,
        body              bytea not null,
        stream            text,
        problems          text[] not null,
        times             bigint not null,
        first_received_at timestamptz not null,
        last_received_at  timestamptz not null,
        constraint quarantine_is_unique primary key (digest)
    )";
    tables.make("quarantine", columns,
                "Bodies that could not become an event, with all reasons; the key is their sha256");
}

} // namespace

const room_tables &body_tables() {
    static constexpr std::array relations{account_relation{"other_event", make_other_event, 1},
                                          account_relation{"quarantine", make_quarantine, 1}};
    static constexpr room_tables room{relations, {}};
    return room;
}

} // namespace pgcrm::store
