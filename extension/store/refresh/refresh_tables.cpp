#include "store/refresh/refresh_tables.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

void make_stuck_lead(table_maker &tables) {
    statement columns;
    columns << R"(
        lead_id  text collate "C" not null,
        since    timestamptz not null,
        tries    bigint not null,
        sqlstate text not null,
        message  text not null,
        constraint stuck_lead_is_unique primary key (lead_id)
    )";
    tables.make(
        "stuck_lead", columns,
        "Leads that the refresh could not bring up to date, and why; they keep their earlier history and "
        "are tried again with their next event, or by crm_repair");
}

void make_refresh_run(table_maker &tables) {
    statement columns;
    columns << R"(
        run_id        bigint not null,
        kind          text not null,
        started_at    timestamptz not null,
        ended_at      timestamptz,
        leads         bigint not null,
        observations  bigint not null,
        stays_written bigint not null,
        cells_changed bigint not null,
        constraint refresh_run_is_unique primary key (run_id),
        constraint kind_is_known check (kind in ('refresh', 'rebuild'))
    )";
    tables.make("refresh_run", columns,
                "Each refresh that had something to do, and each rebuild: when, and how much");
}

} // namespace

const room_tables &refresh_tables() {
    static constexpr std::array relations{account_relation{"stuck_lead", make_stuck_lead, 2},
                                          account_relation{"refresh_run", make_refresh_run, 2}};
    static constexpr room_tables room{relations, {}};
    return room;
}

} // namespace pgcrm::store
