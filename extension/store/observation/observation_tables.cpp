#include "store/observation/observation_tables.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

constexpr std::string_view observation_comment =
    "What each event says of one lead at one time; a null that is not said means: as before";

void make_observation(table_maker &tables) {
    statement columns;
    columns << R"(
        lead_id       text collate "C" not null,
        occurred_at   timestamptz not null,
        sequence      bigint not null,
        kind          text not null,
        event_id      text collate "C" not null,
        stage_id      text collate "C",
        stage         text,
        pipeline      text,
        status        text,
        amount        numeric(17,2),
        currency      text,
        owner         text,
        said          smallint not null,
        origin        text collate "C" not null,
        attributes    jsonb,
        customer      text collate "C",
        campaign      text collate "C",
        constraint observation_is_unique primary key (lead_id, origin, event_id),
        constraint kind_is_known check (kind in ('created', 'moved', 'changed', 'snapshot', 'deleted')),
        constraint status_is_known check (status in ('open', 'won', 'lost', 'cancelled'))
    )";
    tables.make("observation", columns, observation_comment);
    describe_observation(tables);
}

void make_pending(table_maker &tables) {
    tables.make_sequence("pending_mark", "as bigint cache 32",
                         "Numbers the marks of table pending, so that no mark is merged into another");
    statement columns;
    columns << R"(
        lead_id text collate "C" not null,
        mark    bigint not null,
        constraint pending_is_unique primary key (lead_id, mark)
    )";
    tables.make("pending", columns,
                "Leads whose stays and marts are not up to date; a refresh deletes the marks it takes before "
                "it reads");
}

void make_stage_definition(table_maker &tables) {
    statement columns;
    columns << R"(
        origin     text collate "C" not null,
        event_id   text collate "C" not null,
        stage_id   text collate "C" not null,
        name       text collate "C",
        pipeline   text collate "C",
        position   bigint,
        defined_at timestamptz,
        is_deleted boolean not null,
        constraint stage_definition_is_unique primary key (origin, event_id)
    )";
    tables.make("stage_definition", columns,
                "What each event says of the definition of a stage; null is unsaid, and without a time it "
                "counts as older than all that have one");
}

void make_unread_value(table_maker &tables) {
    statement columns;
    columns << R"(
        origin      text collate "C" not null,
        event_id    text collate "C" not null,
        column_name text collate "C" not null,
        problem     text not null,
        constraint unread_value_is_unique primary key (origin, event_id, column_name)
    )";
    tables.make("unread_value", columns,
                "Values that a column could not hold, of events that were kept with a null in their place");
}

} // namespace

void describe_observation(table_maker &tables) {
    tables.describe("observation", observation_comment);
    tables.describe_column("observation", "sequence",
                           "The source's own order within an instant, 0 where it has none");
    tables.describe_column(
        "observation", "said",
        "What is said, if only that there is none, as a sum: 1 amount, 2 currency, 4 owner, "
        "8 customer, 16 campaign, 32 title, 64 link, 128 client");
    tables.describe_column("observation", "origin", "The stream of the event");
    tables.describe_column("observation", "attributes",
                           "Attributes of the lead that are said, by name; null where none is");
}

const room_tables &observation_tables() {
    static constexpr std::array relations{account_relation{"observation", make_observation, 1},
                                          account_relation{"pending_mark", nullptr, 1},
                                          account_relation{"pending", make_pending, 1},
                                          account_relation{"stage_definition", make_stage_definition, 2},
                                          account_relation{"unread_value", make_unread_value, 4}};
    static constexpr room_tables room{relations, {}};
    return room;
}

} // namespace pgcrm::store
