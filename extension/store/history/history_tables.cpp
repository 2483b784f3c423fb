#include "store/history/history_tables.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

constexpr std::string_view stage_comment =
    "The stages: name and pipeline as last seen or defined, source_position and is_deleted as defined; "
    "position, own_name, own_pipeline, funnel_step and kpi_name are a person's to set and win; "
    "built_pipeline and built_rank are what the stays were built with";

void make_stage_tables(table_maker &tables) {
    statement seen;
    seen << R"(
        stage_id     text collate "C" not null,
        name         text collate "C" not null,
        pipeline     text collate "C" not null,
        last_seen_at timestamptz not null,
        constraint stage_seen_is_unique primary key (stage_id, name, pipeline)
    )";
    tables.make(
        "stage_seen", seen,
        "When each spelling of a stage was last seen, by source time; empty where an event names none");
    statement stage;
    stage << R"(
        stage_id       text collate "C" not null,
        name           text not null,
        pipeline       text not null,
        position       bigint,
        funnel_step    numeric(12,2),
        kpi_name       text,
        built_pipeline text,
        built_rank     integer,
        source_position bigint,
        is_deleted     boolean not null default false,
        own_name       text,
        own_pipeline   text,
        constraint stage_is_unique primary key (stage_id)
    )";
    tables.make("stage", stage, stage_comment);
}

void make_stage_history(table_maker &tables) {
    statement columns;
    columns << R"(
        lead_id        text collate "C" not null,
        stay_no        integer not null,
        life_no        integer not null,
        stage_id       text collate "C" not null,
        pipeline       text not null,
        owner          text,
        amount         numeric(17,2),
        exit_amount    numeric(17,2),
        currency       text,
        entered_at     timestamptz not null,
        exited_at      timestamptz,
        entry_month    date not null,
        exit_month     date,
        outcome        text not null,
        is_first_entry boolean not null,
        is_reopened    boolean not null,
        is_inferred    boolean not null,
        entry_event_id text collate "C" not null,
        exit_event_id  text collate "C",
        constraint stage_history_is_unique primary key (lead_id, stay_no),
        constraint outcome_is_known check (outcome in ('advanced', 'moved_back', 'handed_off', 'won', 'lost', 'cancelled', 'deleted', 'open')),
        constraint open_stay_has_no_end check ((outcome = 'open') = (exited_at is null)),
        constraint stay_ends_after_it_begins check (exited_at >= entered_at)
    )";
    tables.make("stage_history", columns,
                "The stays of each lead: one row for each interval in one stage; months are in the account's "
                "time zone");
}

void make_lead_current(table_maker &tables) {
    statement columns;
    columns << R"(
        lead_id    text collate "C" not null,
        stage_id   text collate "C",
        pipeline   text,
        entered_at timestamptz,
        status     text not null,
        amount     numeric(17,2),
        currency   text,
        owner      text,
        created_at timestamptz,
        closed_at  timestamptz,
        deleted_at timestamptz,
        constraint lead_current_is_unique primary key (lead_id),
        constraint status_is_known check (status in ('open', 'won', 'lost', 'cancelled'))
    )";
    tables.make(
        "lead_current", columns,
        "Where each lead stands: its last stage and since when, status, amount, currency and owner as last "
        "said; created_at is the creation of its present life, null if that was not seen");
}

// Definitions of stages by the source, and names of a person's own.
void add_columns_to_stage(table_maker &tables) {
    tables.alter(
        "stage",
        statement("add column source_position bigint, add column is_deleted boolean not null default false,"
                  " add column own_name text, add column own_pipeline text"));
    tables.describe("stage", stage_comment);
}

} // namespace

const room_tables &history_tables() {
    static constexpr std::array relations{account_relation{"stage_seen", nullptr, 1},
                                          account_relation{"stage", make_stage_tables, 1},
                                          account_relation{"stage_history", make_stage_history, 1},
                                          account_relation{"lead_current", make_lead_current, 2}};
    static constexpr std::array steps{layout_step{2, "stage", add_columns_to_stage}};
    static constexpr room_tables room{relations, steps};
    return room;
}

} // namespace pgcrm::store
