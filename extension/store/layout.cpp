#include "store/layout.hpp"

#include <map>
#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

class table_maker {
public:
    table_maker(pgcxx::spi::session &sql, std::string_view schema) : sql_(sql), schema_(schema) {}

    identifier name(std::string_view table) const { return identifier{schema_, table}; }

    void make(std::string_view table, const statement &columns, std::string_view comment) {
        statement create;
        create << "create table " << name(table) << " (" << columns << ")";
        sql_.execute(create);
        describe(table, comment);
    }

    void describe(std::string_view table, std::string_view comment) {
        statement text;
        text << "comment on table " << name(table) << " is " << literal{comment};
        sql_.execute(text);
    }

    void describe_column(std::string_view table, std::string_view column, std::string_view comment) {
        statement text;
        text << "comment on column " << identifier{schema_, table, column} << " is " << literal{comment};
        sql_.execute(text);
    }

    // Whatever the owner's default privileges give to others on new tables.
    void keep_to_owner(std::string_view table);

    // Events that are there have no value in it, so it can be null also where an event must have one.
    void add_column(const stream &to, const column &added);

    void run(const statement &text) { sql_.execute(text); }

private:
    pgcxx::spi::session &sql_;
    std::string_view schema_;
};

void make_account_table(table_maker &tables) {
    statement columns;
    columns << R"(
        account              text collate "C" not null,
        source               text not null,
        time_zone            text not null,
        layout_version       integer not null,
        created_at           timestamptz not null,
        built_time_zone      text,
        built_engine_version integer,
        refreshed_at         timestamptz,
        refresh_error        text,
        first_observed_at    timestamptz,
        last_observed_at     timestamptz,
        count_deleted_leads  boolean not null default true,
        built_count_deleted_leads boolean,
        reported_from        timestamptz,
        restatement_scope    text not null default 'dated',
        constraint restatement_scope_is_known check (restatement_scope in ('dated', 'all')),
        constraint account_is_unique primary key (account),
        constraint time_zone_is_a_full_name check (time_zone = 'UTC' or time_zone ~ '^[A-Z][A-Za-z_]+/')
    )";
    tables.make("account", columns,
                "The account's own row: its settings, what the marts were built with, and the lock that a "
                "refresh takes");
}

void table_maker::add_column(const stream &to, const column &added) {
    statement text;
    text << "alter table " << name(to.name) << " add column " << identifier{added.name} << " "
         << sql_type(added);
    sql_.execute(text);
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

bool is_key(const stream &of, std::size_t column_number) {
    for (const std::size_t part : of.key)
        if (part == column_number)
            return true;
    return false;
}

void make_stream_table(table_maker &tables, const stream &of) {
    statement columns;
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        const column &each = of.columns[i];
        columns << identifier{each.name} << " " << sql_type(each);
        if (each.is_required || each.from != column_origin::pointer || is_key(of, i))
            columns << " not null";
        columns << ", ";
    }
    columns << "constraint " << identifier{of.name + "_is_unique"} << " primary key (";
    for (std::size_t i = 0; i < of.key.size(); ++i) {
        if (i > 0)
            columns << ", ";
        columns << identifier{of.columns[of.key[i]].name};
    }
    columns << ")";
    tables.make(of.name, columns, "Events of stream " + of.name + ", as received");
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
        amount_said   boolean not null,
        currency_said boolean not null,
        owner_said    boolean not null,
        origin        text collate "C" not null,
        constraint observation_is_unique primary key (lead_id, origin, event_id),
        constraint kind_is_known check (kind in ('created', 'moved', 'changed', 'snapshot', 'deleted')),
        constraint status_is_known check (status in ('open', 'won', 'lost', 'cancelled'))
    )";
    tables.make("observation", columns,
                "What each event says of one lead at one time; null with _said false means: as before");
}

void make_pending(table_maker &tables) {
    statement sequence;
    sequence << "create sequence " << tables.name("pending_mark") << " as bigint cache 32";
    tables.run(sequence);
    statement describe;
    describe << "comment on sequence " << tables.name("pending_mark") << " is "
             << literal{"Numbers the marks of table pending, so that no mark is merged into another"};
    tables.run(describe);
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

// Grain and measures of the funnel; `part` is what it divides by beside month and stage, with its comma.
statement funnel_columns(const statement &part, const statement &part_key, pgcxx::sql_literal name) {
    statement columns;
    columns << R"(
        month             date not null,
        stage_id          text collate "C" not null,
        )" << part
            << R"(
        entries           bigint not null,
        first_entries     bigint not null,
        reopened_in_place bigint not null,
        leads             bigint not null,
        advanced          bigint not null,
        moved_back        bigint not null,
        handed_off        bigint not null,
        won               bigint not null,
        lost              bigint not null,
        cancelled         bigint not null,
        deleted           bigint not null,
        still_open        bigint not null,
        settled_stays     bigint not null,
        settled_seconds   numeric not null,
        constraint )"
            << name << R"( primary key (month, stage_id)" << part_key << R"(),
        constraint month_is_a_first_day check (extract(day from month) = 1)
    )";
    return columns;
}

void make_funnel_monthly(table_maker &tables) {
    tables.make(
        "funnel_monthly", funnel_columns({}, {}, "funnel_monthly_is_unique"),
        "The funnel by month of entry and stage: entries, what became of them, and seconds in settled stays");
}

// The marts that came with layout 2.
void make_divided_marts(table_maker &tables) {
    tables.make(
        "funnel_monthly_by_owner",
        funnel_columns(statement("owner text collate \"C\" not null,"), statement(", owner"),
                       "funnel_monthly_by_owner_is_unique"),
        "The funnel by month of entry, stage and owner at entry, empty where there was none. leads are "
        "distinct for each owner, so they do not add up to those of funnel_monthly");
    statement amounts;
    amounts << R"(
        month              date not null,
        stage_id           text collate "C" not null,
        currency           text collate "C" not null,
        entries            bigint not null,
        first_entries      bigint not null,
        entry_amount       numeric not null,
        first_entry_amount numeric not null,
        constraint funnel_amount_monthly_is_unique primary key (month, stage_id, currency),
        constraint month_is_a_first_day check (extract(day from month) = 1)
    )";
    tables.make(
        "funnel_amount_monthly", amounts,
        "Amounts at entry by month of entry, stage and currency, empty where none was said; entries are "
        "those with a known amount");
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

// What was reported, and what has changed in it since.
void make_restatement_tables(table_maker &tables) {
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
    statement columns;
    columns << R"(
        run_id   bigint not null,
        lead_id  text collate "C" not null,
        mart     text collate "C" not null,
        month    date not null,
        stage_id text collate "C" not null,
        part     text collate "C" not null,
        measure  text collate "C" not null,
        delta    numeric not null,
        cause    text not null,
        constraint restatement_is_unique primary key (run_id, lead_id, mart, month, stage_id, part, measure),
        constraint cause_is_known check (cause in ('event', 'definition'))
    )";
    tables.make(
        "restatement", columns,
        "Each change of a number of a month that had been reported: by which run, through which lead, and "
        "whether an event or a changed definition was the cause; part is the owner or the currency");
}

// The sequence of an identity column has a name of the server's making.
void make_secret(table_maker &tables) {
    statement columns;
    columns << R"(
        secret_id   bigint not null generated always as identity,
        digest      bytea not null,
        note        text,
        added_at    timestamptz not null,
        added_by    text not null,
        valid_until timestamptz,
        constraint secret_is_unique primary key (secret_id),
        constraint secret_digest_is_unique unique (digest),
        constraint digest_is_a_sha256 check (octet_length(digest) = 32)
    )";
    tables.make("secret", columns,
                "Secrets by which events are posted to the gateway; a row stays when its secret has ended");
    tables.keep_to_owner("secret");
    tables.describe_column("secret", "secret_id", "Number of the secret, for crm_secret_revoke");
    tables.describe_column("secret", "digest",
                           "sha256 of the secret's text, which was shown once and is kept nowhere");
    tables.describe_column("secret", "note", "Who or what uses it");
    tables.describe_column("secret", "added_at", "When it was made");
    tables.describe_column("secret", "added_by", "The role that made it");
    tables.describe_column("secret", "valid_until", "When it ends or has ended; null: no end is set");
    statement sequence;
    sequence << "comment on sequence " << tables.name("secret_secret_id_seq") << " is "
             << literal{"Numbers the secrets"};
    tables.run(sequence);
}

// What layout 2 has besides the tables of layout 1.
void make_tables_of_2(table_maker &tables) {
    make_stage_definition(tables);
    make_lead_current(tables);
    make_stuck_lead(tables);
    make_refresh_run(tables);
    make_secret(tables);
    make_restatement_tables(tables);
    make_divided_marts(tables);
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
    std::vector<std::string> names{"account",
                                   "other_event",
                                   "quarantine",
                                   "observation",
                                   "pending_mark",
                                   "pending",
                                   "stage_seen",
                                   "stage",
                                   "stage_definition",
                                   "stage_history",
                                   "lead_current",
                                   "stuck_lead",
                                   "refresh_run",
                                   "reported",
                                   "restatement",
                                   "secret",
                                   "funnel_monthly",
                                   "funnel_monthly_by_owner",
                                   "funnel_amount_monthly"};
    for (const stream &each : streams)
        names.push_back(each.name);
    return names;
}

// Layout 2: definitions of stages by the source, and names of a person's own.
void upgrade_from_1(table_maker &tables) {
    statement stage;
    stage << "alter table " << tables.name("stage")
          << " add column source_position bigint, add column is_deleted boolean not null default false,"
             " add column own_name text, add column own_pipeline text";
    tables.run(stage);
    tables.describe("stage", stage_comment);
    statement account;
    account << "alter table " << tables.name("account")
            << " add column count_deleted_leads boolean not null default true,"
               " add column built_count_deleted_leads boolean, add column reported_from timestamptz,"
               " add column restatement_scope text not null default 'dated',"
               " add constraint restatement_scope_is_known check (restatement_scope in ('dated', 'all'))";
    tables.run(account);
    make_tables_of_2(tables);
}

[[noreturn]] void refuse_table(const account &of, const stream &each, const std::string &why) {
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "table \"" + of.name + "." + each.name + "\" does not fit the mapping of its stream")
        .detail(why)
        .hint("Columns can be added to a mapping, not changed. Give the stream another name, or mend the "
              "table.");
}

void check_key(pgcxx::spi::session &sql, const account &of, const stream &each) {
    std::vector<std::string> wanted;
    for (const std::size_t number : each.key)
        wanted.push_back(each.columns[number].name);
    const auto rows = sql.query<bool>(
        "select pg_catalog.array_agg(a.attname::text order by a.attname) = (select pg_catalog.array_agg(w "
        "order by"
        " w collate \"C\") from pg_catalog.unnest($2) w)"
        " from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid"
        " and a.attnum = any (i.indkey) where i.indrelid = pg_catalog.to_regclass($1) and i.indisprimary"
        " group by i.indrelid",
        table_of(of, each.name).text(), wanted);
    if (rows.size() != 1 || !std::get<0>(rows.front()))
        refuse_table(of, each, "Its primary key is not the key of the mapping.");
}

void fit_stream_table(pgcxx::spi::session &sql, table_maker &tables, const account &of, const stream &each) {
    std::map<std::string, std::string> present;
    for (const auto &[name, type] : sql.query<std::string, std::string>(
             "select a.attname::text, pg_catalog.format_type(a.atttypid, null) from pg_catalog.pg_attribute a"
             " where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped",
             table_of(of, each.name).text()))
        present.emplace(name, type == "timestamp with time zone" ? "timestamptz" : type);
    for (const column &wanted : each.columns) {
        const auto found = present.find(wanted.name);
        if (found == present.end())
            tables.add_column(each, wanted);
        else if (found->second != sql_type(wanted).text())
            refuse_table(of, each,
                         "Column \"" + wanted.name + "\" is " + found->second + ", not " +
                             sql_type(wanted).text() + ".");
    }
    check_key(sql, of, each);
}

} // namespace

statement sql_type(const column &of) {
    statement type;
    if (of.from == column_origin::body)
        return type << "jsonb";
    switch (of.type) {
    case column_type::bigint:
        return type << "bigint";
    case column_type::integer:
        return type << "integer";
    case column_type::boolean:
        return type << "boolean";
    case column_type::text:
        return type << "text";
    case column_type::numeric:
        return type << "numeric";
    case column_type::timestamptz:
        return type << "timestamptz";
    case column_type::date:
        return type << "date";
    }
    return type << "text";
}

void create_schema(const account &of, std::span<const stream> streams) {
    make_schema(of);
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    make_account_table(tables);
    for (const stream &each : streams)
        make_stream_table(tables, each);
    make_other_event(tables);
    make_quarantine(tables);
    make_observation(tables);
    make_pending(tables);
    make_stage_tables(tables);
    make_stage_history(tables);
    make_funnel_monthly(tables);
    make_tables_of_2(tables);
}

void upgrade_schema(const account &of, std::int32_t from, std::span<const stream> streams) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    if (from < 2)
        upgrade_from_1(tables);
    fit_stream_tables(of, streams);
    statement stamp;
    stamp << "update " << table_of(of, "account") << " a set layout_version = $1";
    sql.execute(stamp, layout_version);
}

void fit_stream_tables(const account &of, std::span<const stream> streams) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    table_maker tables(sql, of.name);
    for (const stream &each : streams)
        if (table_exists(of, each.name))
            fit_stream_table(sql, tables, of, each);
        else
            make_stream_table(tables, each);
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
