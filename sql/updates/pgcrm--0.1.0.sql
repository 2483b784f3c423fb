\echo Use "CREATE EXTENSION pgcrm" to load this file. \quit

-- sql/tables/catalog.sql

-- The small catalog of the extension. Everything of an account lives in the account's own
-- schema, which functions make at run time; here is only what says which accounts and
-- which streams there are.

create schema pgcrm;
revoke all on schema pgcrm from public;
comment on schema pgcrm is 'Catalog and internals of the extension pgcrm';

create table pgcrm.account (
    account    text collate "C" not null,
    created_at timestamptz      not null,
    constraint account_is_unique primary key (account),
    constraint account_name_is_simple check (account ~ '^[a-z][a-z0-9_]{0,40}$')
);
comment on table pgcrm.account is 'The accounts that are registered; each has a schema of the same name';
comment on column pgcrm.account.account is 'Name of the account and of its schema';
comment on column pgcrm.account.created_at is 'When it was registered';

create table pgcrm.stream (
    source   text collate "C" not null,
    stream   text collate "C" not null,
    ordinal  integer          not null,
    mapping  jsonb            not null,
    shipped  boolean          not null default false,
    revision text             not null generated always as (md5(mapping::text)) stored,
    constraint stream_is_unique primary key (source, stream),
    constraint stream_name_is_simple check (stream ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint mapping_names_its_stream check (mapping ->> 'stream' = stream)
);
comment on table pgcrm.stream is 'The streams of each source: how one kind of record becomes a typed row and an observation';
comment on column pgcrm.stream.source is 'The CRM that the records come from, such as nocrm';
comment on column pgcrm.stream.stream is 'Name of the stream and of its table in every account of the source';
comment on column pgcrm.stream.ordinal is 'Streams of a source are tried in this order; the first that matches takes the record';
comment on column pgcrm.stream.mapping is 'What matches, the key, the columns and what the record says of a lead';
comment on column pgcrm.stream.shipped is 'Comes with the extension: replaced by upgrades and not dumped';
comment on column pgcrm.stream.revision is 'Digest of the mapping; every session compares it with what it has compiled';

select pg_catalog.pg_extension_config_dump('pgcrm.account', '');
select pg_catalog.pg_extension_config_dump('pgcrm.stream', 'where not shipped');

-- sql/sources/nocrm/*.json

insert into pgcrm.stream (source, ordinal, stream, mapping, shipped)
values ('nocrm', 1, 'lead_created', $mapping$
{
  "stream": "lead_created",
  "match": {"/webhook_event/event": "lead.creation"},
  "key": ["id"],
  "same": ["/webhook_event/event", "/webhook_event/data"],
  "columns": [
    {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
    {"name": "event", "type": "text", "at": "/webhook_event/event", "required": true},
    {"name": "signature", "type": "text", "at": "/webhook_event/signature"},
    {"name": "has_succeeded", "type": "boolean", "at": "/webhook_event/has_succeeded"},
    {"name": "try_count", "type": "integer", "at": "/webhook_event/try_count"},
    {"name": "last_returned_code", "type": "integer", "at": "/webhook_event/last_returned_code"},
    {"name": "received_at", "type": "timestamptz", "from": "arrival"},
    {"name": "lead_id", "type": "bigint", "at": "/webhook_event/data/id", "required": true},
    {"name": "title", "type": "text", "at": "/webhook_event/data/title"},
    {"name": "status", "type": "text", "at": "/webhook_event/data/status"},
    {"name": "step", "type": "text", "at": "/webhook_event/data/step"},
    {"name": "amount", "type": "numeric", "at": "/webhook_event/data/amount"},
    {"name": "created_at_utc", "type": "timestamptz",
     "at": "/webhook_event/data/created_at",
     "required": true},
    {"name": "updated_at_utc", "type": "timestamptz", "at": "/webhook_event/data/updated_at"},
    {"name": "user_email", "type": "text",
     "at": "/webhook_event/data/user/email",
     "clean": ["trim", "lower"]},
    {"name": "permalink", "type": "text", "at": "/webhook_event/data/permalink"},
    {"name": "client_folder_id", "type": "bigint",
     "at": ["/webhook_event/data/client/id",
            "/webhook_event/data/client_folder/id",
            "/webhook_event/data/client_folder_id"]},
    {"name": "client_folder_name", "type": "text",
     "at": ["/webhook_event/data/client/name",
            "/webhook_event/data/client_folder/name",
            "/webhook_event/data/client_folder_name"]},
    {"name": "raw_data", "type": "jsonb", "from": "body"},
    {"name": "step_id", "type": "bigint", "at": "/webhook_event/data/step_id"},
    {"name": "pipeline", "type": "text", "at": "/webhook_event/data/pipeline"},
    {"name": "currency", "type": "text", "at": "/webhook_event/data/currency"}
  ],
  "observation": {
    "kind": "created",
    "lead": "lead_id",
    "at": "created_at_utc",
    "stage": "step_id",
    "stage_name": "step",
    "pipeline": "pipeline",
    "status": {"column": "status",
               "map": {"todo": "open", "standby": "open", "won": "won", "lost": "lost", "cancelled": "cancelled"}},
    "amount": "amount",
    "currency": "currency",
    "owner": "user_email"
  },
  "on_duplicate": "keep"
}
$mapping$, true);

insert into pgcrm.stream (source, ordinal, stream, mapping, shipped)
values ('nocrm', 2, 'step_changed', $mapping$
{
  "stream": "step_changed",
  "match": {"/webhook_event/event": "lead.step.changed%"},
  "key": ["id"],
  "same": ["/webhook_event/event", "/webhook_event/data"],
  "columns": [
    {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
    {"name": "event", "type": "text", "at": "/webhook_event/event", "required": true},
    {"name": "signature", "type": "text", "at": "/webhook_event/signature"},
    {"name": "has_succeeded", "type": "boolean", "at": "/webhook_event/has_succeeded"},
    {"name": "try_count", "type": "integer", "at": "/webhook_event/try_count"},
    {"name": "last_returned_code", "type": "integer", "at": "/webhook_event/last_returned_code"},
    {"name": "received_at", "type": "timestamptz", "from": "arrival"},
    {"name": "lead_id", "type": "bigint", "at": "/webhook_event/data/id", "required": true},
    {"name": "lead_title", "type": "text", "at": "/webhook_event/data/title"},
    {"name": "lead_status", "type": "text", "at": "/webhook_event/data/status"},
    {"name": "lead_step", "type": "text", "at": "/webhook_event/data/step"},
    {"name": "lead_amount", "type": "numeric", "at": "/webhook_event/data/amount"},
    {"name": "lead_created_at", "type": "timestamptz", "at": "/webhook_event/data/created_at"},
    {"name": "lead_updated_at", "type": "timestamptz", "at": "/webhook_event/data/updated_at"},
    {"name": "lead_user_email", "type": "text",
     "at": "/webhook_event/data/user/email",
     "clean": ["trim", "lower"]},
    {"name": "lead_permalink", "type": "text", "at": "/webhook_event/data/permalink"},
    {"name": "raw_data", "type": "jsonb", "from": "body"},
    {"name": "step_id", "type": "bigint", "at": "/webhook_event/data/step_id"},
    {"name": "pipeline", "type": "text", "at": "/webhook_event/data/pipeline"},
    {"name": "created_at_utc", "type": "timestamptz", "at": "/webhook_event/data/created_at"},
    {"name": "updated_at_utc", "type": "timestamptz",
     "at": "/webhook_event/data/updated_at",
     "required": true},
    {"name": "moved_by", "type": "text", "at": "/webhook_event/data/user/email", "clean": ["trim", "lower"]},
    {"name": "currency", "type": "text", "at": "/webhook_event/data/currency"}
  ],
  "observation": {
    "kind": "moved",
    "lead": "lead_id",
    "at": "updated_at_utc",
    "stage": "step_id",
    "stage_name": "lead_step",
    "pipeline": "pipeline",
    "status": {"column": "lead_status",
               "map": {"todo": "open", "standby": "open", "won": "won", "lost": "lost", "cancelled": "cancelled"}},
    "amount": "lead_amount",
    "currency": "currency",
    "owner": "lead_user_email"
  },
  "on_duplicate": "keep"
}
$mapping$, true);

insert into pgcrm.stream (source, ordinal, stream, mapping, shipped)
values ('nocrm', 3, 'lead_changed', $mapping$
{
  "stream": "lead_changed",
  "match": {
    "/webhook_event/event": [
      "lead.status.changed%",
      "lead.assigned",
      "lead.unassigned",
      "lead.any_update",
      "lead.content_has_changed",
      "lead.commented"
    ]
  },
  "key": ["id"],
  "same": ["/webhook_event/event", "/webhook_event/data"],
  "columns": [
    {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
    {"name": "event", "type": "text", "at": "/webhook_event/event", "required": true},
    {"name": "signature", "type": "text", "at": "/webhook_event/signature"},
    {"name": "has_succeeded", "type": "boolean", "at": "/webhook_event/has_succeeded"},
    {"name": "try_count", "type": "integer", "at": "/webhook_event/try_count"},
    {"name": "last_returned_code", "type": "integer", "at": "/webhook_event/last_returned_code"},
    {"name": "received_at", "type": "timestamptz", "from": "arrival"},
    {"name": "lead_id", "type": "bigint", "at": "/webhook_event/data/id", "required": true},
    {"name": "lead_title", "type": "text", "at": "/webhook_event/data/title"},
    {"name": "lead_status", "type": "text", "at": "/webhook_event/data/status"},
    {"name": "lead_step", "type": "text", "at": "/webhook_event/data/step"},
    {"name": "lead_amount", "type": "numeric", "at": "/webhook_event/data/amount"},
    {"name": "lead_created_at", "type": "timestamptz", "at": "/webhook_event/data/created_at"},
    {"name": "lead_updated_at", "type": "timestamptz", "at": "/webhook_event/data/updated_at"},
    {"name": "lead_user_email", "type": "text",
     "at": "/webhook_event/data/user/email",
     "clean": ["trim", "lower"]},
    {"name": "lead_permalink", "type": "text", "at": "/webhook_event/data/permalink"},
    {"name": "raw_data", "type": "jsonb", "from": "body"},
    {"name": "step_id", "type": "bigint", "at": "/webhook_event/data/step_id"},
    {"name": "pipeline", "type": "text", "at": "/webhook_event/data/pipeline"},
    {"name": "created_at_utc", "type": "timestamptz", "at": "/webhook_event/data/created_at"},
    {"name": "updated_at_utc", "type": "timestamptz",
     "at": "/webhook_event/data/updated_at",
     "required": true},
    {"name": "moved_by", "type": "text", "at": "/webhook_event/data/user/email", "clean": ["trim", "lower"]},
    {"name": "currency", "type": "text", "at": "/webhook_event/data/currency"}
  ],
  "observation": {
    "kind": "changed",
    "lead": "lead_id",
    "at": "updated_at_utc",
    "stage": "step_id",
    "stage_name": "lead_step",
    "pipeline": "pipeline",
    "status": {"column": "lead_status",
               "map": {"todo": "open", "standby": "open", "won": "won", "lost": "lost", "cancelled": "cancelled"}},
    "amount": "lead_amount",
    "currency": "currency",
    "owner": "lead_user_email"
  },
  "on_duplicate": "keep"
}
$mapping$, true);

insert into pgcrm.stream (source, ordinal, stream, mapping, shipped)
values ('nocrm', 4, 'lead_deleted', $mapping$
{
  "stream": "lead_deleted",
  "match": {"/webhook_event/event": "lead.deleted"},
  "key": ["id"],
  "same": ["/webhook_event/event", "/webhook_event/data"],
  "columns": [
    {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
    {"name": "event", "type": "text", "at": "/webhook_event/event", "required": true},
    {"name": "signature", "type": "text", "at": "/webhook_event/signature"},
    {"name": "has_succeeded", "type": "boolean", "at": "/webhook_event/has_succeeded"},
    {"name": "try_count", "type": "integer", "at": "/webhook_event/try_count"},
    {"name": "last_returned_code", "type": "integer", "at": "/webhook_event/last_returned_code"},
    {"name": "received_at", "type": "timestamptz", "from": "arrival"},
    {"name": "lead_id", "type": "bigint", "at": "/webhook_event/data/id", "required": true},
    {"name": "title", "type": "text", "at": "/webhook_event/data/title"},
    {"name": "deleted_at_utc", "type": "timestamptz",
     "at": "/webhook_event/data/updated_at",
     "required": true},
    {"name": "user_email", "type": "text",
     "at": "/webhook_event/data/user/email",
     "clean": ["trim", "lower"]},
    {"name": "permalink", "type": "text", "at": "/webhook_event/data/permalink"},
    {"name": "raw_data", "type": "jsonb", "from": "body"}
  ],
  "observation": {
    "kind": "deleted",
    "lead": "lead_id",
    "at": "deleted_at_utc"
  },
  "on_duplicate": "keep"
}
$mapping$, true);


-- sql/functions/account.sql

-- Accounts: made, dropped, listed.

create function @extschema@.crm_account_create(
    account   text,
    source    text default 'nocrm',
    time_zone text default 'UTC')
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_create';
comment on function @extschema@.crm_account_create(text, text, text) is
    'Makes an account: a schema of that name with all of its tables, owned by the caller. Repeating it with the same arguments does nothing';

create function @extschema@.crm_account_drop(
    account   text,
    keep_data boolean default true)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_drop';
comment on function @extschema@.crm_account_drop(text, boolean) is
    'Takes an account out of the registry; with keep_data => false its schema and all of its data are dropped as well';

create function @extschema@.crm_account_adopt(account text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_adopt';
comment on function @extschema@.crm_account_adopt(text) is
    'Registers an account whose schema is there already: kept by crm_account_drop, left by DROP EXTENSION, or restored from a dump';

create function pgcrm.require_account(account text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_require_account';
comment on function pgcrm.require_account(text) is
    'Raises a clear error unless the account exists, has the layout of this version, and the caller may use it';

create function pgcrm.usable_accounts()
returns table (account text)
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_usable_accounts';
comment on function pgcrm.usable_accounts() is 'The accounts that the caller may use, by name';

-- sql/functions/ingest.sql

-- Ingest: bodies in, events stored.

create function @extschema@.crm_ingest(
    account text,
    payload jsonb,
    out ordinal integer,
    out outcome text,
    out stream text,
    out event_id text,
    out problems text[])
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_ingest';
comment on function @extschema@.crm_ingest(text, jsonb) is
    'Stores one event. The outcome is stored, duplicate, unhandled (a kind that no stream matches) or quarantined, with all problems';

create function @extschema@.crm_ingest_batch(
    account text,
    bodies  bytea[],
    out ordinal integer,
    out outcome text,
    out stream text,
    out event_id text,
    out problems text[])
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_ingest_batch';
comment on function @extschema@.crm_ingest_batch(text, bytea[]) is
    'Stores many events; a row for each body, in order. A bad body never fails its neighbours';

create function @extschema@.crm_ingest_batch(
    account text,
    bodies  text[],
    out ordinal integer,
    out outcome text,
    out stream text,
    out event_id text,
    out problems text[])
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_ingest_batch_text';
comment on function @extschema@.crm_ingest_batch(text, text[]) is
    'Stores many events; a row for each body, in order. A bad body never fails its neighbours';

-- sql/functions/refresh.sql

-- Refresh: stays and marts brought up to date.

create function @extschema@.crm_refresh(
    account text default null,
    out account text,
    out outcome text,
    out leads bigint,
    out observations bigint,
    out stays_written bigint,
    out cells_changed bigint,
    out message text)
returns setof record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_refresh';
comment on function @extschema@.crm_refresh(text) is
    'Brings stays and marts of all pending leads up to date, of one account or of all that the caller may use. The outcome is refreshed, busy (another refresh is under way) or failed';

create function pgcrm.refresh_batch(
    account text,
    out outcome text,
    out leads bigint,
    out has_more boolean,
    out message text)
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_refresh_batch';
comment on function pgcrm.refresh_batch(text) is
    'Refreshes at most pgcrm.refresh_batch pending leads of one account and says whether more are left';

create function pgcrm.restore_views()
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_restore_views';
comment on function pgcrm.restore_views() is
    'Makes the views of crm_bi again when they are gone, as they are after an account''s schema was dropped by hand';

create procedure @extschema@.crm_refresh_all()
language plpgsql
as $$
-- A procedure that commits can have no SET clause: every name is qualified instead.
declare
    wanted record;
    batch  record;
begin
    perform pgcrm.restore_views();
    commit;
    for wanted in select u.account from pgcrm.usable_accounts() u loop
        loop
            select b.outcome, b.has_more, b.message into batch from pgcrm.refresh_batch(wanted.account) b;
            commit;
            if batch.outcome operator(pg_catalog.=) 'failed' then
                raise warning 'account "%" was not refreshed: %', wanted.account, batch.message;
            end if;
            exit when not batch.has_more;
        end loop;
    end loop;
end
$$;
comment on procedure @extschema@.crm_refresh_all() is
    'Refreshes every account that the caller may use, with a commit after each batch: what pg_cron calls';

create function @extschema@.crm_rebuild(
    account text,
    out leads bigint,
    out observations bigint,
    out stays_written bigint,
    out cells_changed bigint)
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_rebuild';
comment on function @extschema@.crm_rebuild(text) is
    'Derives observations, stays and marts of an account again from its stored events. Waits for a refresh under way';

-- sql/functions/funnel.sql

-- Readers over the marts.

create function @extschema@.crm_funnel(
    account    text,
    rule       text default 'first_entry',
    from_month date default null,
    to_month   date default null,
    out month date,
    out pipeline text,
    out stage_rank integer,
    out stage_id text,
    out stage text,
    out deals bigint)
returns setof record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_funnel';
comment on function @extschema@.crm_funnel(text, text, date, date) is
    'Deals that entered each stage in each month. Rules: first_entry (a deal counts once per stage, when it first enters), every_entry (each entry), distinct_per_month (a deal counts once per stage and month)';

-- sql/functions/status.sql

-- What an operator looks at first.

create function pgcrm.account_statuses(
    out account text,
    out source text,
    out time_zone text,
    out layout_version integer,
    out last_event_at timestamptz,
    out refreshed_at timestamptz,
    out pending_leads bigint,
    out quarantined bigint,
    out unhandled bigint,
    out refresh_error text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_statuses';
comment on function pgcrm.account_statuses() is 'One row for each account that the caller may use, also for one whose tables are broken; read it through pgcrm.account_status';

create view pgcrm.account_status as
select account, source, time_zone, layout_version, last_event_at, refreshed_at,
       case when pending_leads > 0 then clock_timestamp() - refreshed_at when pending_leads = 0 then interval '0' end as lag,
       pending_leads, quarantined, unhandled, refresh_error
from pgcrm.account_statuses();
comment on view pgcrm.account_status is
    'Each account that the reader may use: last event in the marts, last complete refresh, how far the marts are behind, and what waits for a person';

-- sql/functions/verify.sql

-- crm_verify: silver and gold computed again, by a path that shares nothing with the engine.

create function @extschema@.crm_verify(
    account text,
    out relation text,
    out key text,
    out column_name text,
    out stored text,
    out expected text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_verify';
comment on function @extschema@.crm_verify(text) is
    'Compares observations with events, recomputes stays, stages and marts of an account by plain SQL, and returns every cell that differs; empty when all is right. Leads that wait for a refresh are counted in one row of relation "pending" and not compared';

-- sql/functions/schedule.sql

-- The schedule: one pg_cron job that refreshes all accounts.

create function pgcrm.require_pg_cron()
returns void
language plpgsql stable parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    cron_database text := current_setting('cron.database_name', true);
begin
    if coalesce(current_setting('shared_preload_libraries', true), '') !~ '(^|[ ,"/])pg_cron($|[ ,"])' then
        raise exception 'pg_cron is not loaded'
            using errcode = 'object_not_in_prerequisite_state',
                  detail = 'pg_cron runs its jobs from a background worker that the server starts.',
                  hint = format('Install pg_cron, write shared_preload_libraries = ''pg_cron'', cron.database_name = %L and cron.use_background_workers = on into postgresql.conf, and restart the server.', current_database());
    end if;
    if cron_database is distinct from current_database()::text then
        raise exception 'pg_cron keeps its jobs in database "%", not in "%"', cron_database, current_database()
            using errcode = 'object_not_in_prerequisite_state',
                  hint = format('Write cron.database_name = %L into postgresql.conf and restart the server, or schedule CALL @extschema@.crm_refresh_all() there with cron.schedule_in_database.', current_database());
    end if;
    if not exists (select from pg_extension where extname = 'pg_cron') then
        raise exception 'extension "pg_cron" is not installed in database "%"', current_database()
            using errcode = 'undefined_object',
                  hint = 'Run CREATE EXTENSION pg_cron.';
    end if;
end
$$;
comment on function pgcrm.require_pg_cron() is
    'Raises an error that says what to write into postgresql.conf unless pg_cron can run jobs in this database';

-- The job's command, with the schema that the extension was installed into.
create function pgcrm.refresh_command()
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
return pg_catalog.format('CALL %I.crm_refresh_all()', '@extschema@');
comment on function pgcrm.refresh_command() is 'The statement that pg_cron runs';

create function @extschema@.crm_schedule(schedule text default '* * * * *')
returns bigint
language plpgsql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    failure text;
begin
    perform pgcrm.require_pg_cron();
    execute $query$
        select d.return_message
        from cron.job j
        join cron.job_run_details d using (jobid)
        where j.jobname = 'pgcrm refresh' and d.status = 'failed' and d.return_message like '%connection failed%'
          and d.start_time > now() - interval '10 minutes'
          and not exists (select from cron.job_run_details s
                          where s.jobid = d.jobid and s.status = 'succeeded' and s.start_time >= d.start_time)
        order by d.start_time desc
        limit 1
    $query$ into failure;
    if failure is not null and current_setting('cron.use_background_workers', true) is distinct from 'on' then
        raise exception 'pg_cron cannot connect to the server to run the refresh'
            using errcode = 'object_not_in_prerequisite_state',
                  detail = format('Its last run said: %s', failure),
                  hint = 'Write cron.use_background_workers = on into postgresql.conf and restart the server, or let the job''s user connect from cron.host by pg_hba.conf.';
    end if;
    return (select * from pgcrm.schedule_job(schedule));
end
$$;
comment on function @extschema@.crm_schedule(text) is
    'Lets pg_cron refresh all accounts, every minute by default; returns the number of the job. Calling it again changes the schedule';

create function pgcrm.schedule_job(schedule text)
returns bigint
language plpgsql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    job bigint;
begin
    execute 'select cron.schedule($1, $2, $3)' into job using 'pgcrm refresh', schedule, pgcrm.refresh_command();
    return job;
exception
    -- pg_cron says no more than "invalid schedule", as an internal error.
    when internal_error or invalid_parameter_value then
        raise exception 'invalid schedule "%"', schedule
            using errcode = 'invalid_parameter_value',
                  detail = sqlerrm,
                  hint = 'Write five fields (minute, hour, day of the month, month, day of the week), such as */5 * * * *.';
end
$$;
comment on function pgcrm.schedule_job(text) is 'Hands the refresh to pg_cron under the job name "pgcrm refresh"';

create function @extschema@.crm_unschedule()
returns boolean
language plpgsql volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    job bigint;
begin
    if to_regclass('cron.job') is null then
        return false;
    end if;
    execute 'select jobid from cron.job where jobname = $1 and username = current_user' into job using 'pgcrm refresh';
    if job is null then
        return false;
    end if;
    execute 'select cron.unschedule($1)' using job;
    return true;
end
$$;
comment on function @extschema@.crm_unschedule() is
    'Takes the caller''s refresh job away from pg_cron; false when there was none';

-- sql/views/grants.sql

-- Nothing for PUBLIC: whoever works with accounts is granted the functions one by one.

do $$
declare
    routine regprocedure;
begin
    for routine in
        select p.oid::pg_catalog.regprocedure
        from pg_catalog.pg_depend d
        join pg_catalog.pg_extension e on e.oid = d.refobjid and e.extname = 'pgcrm'
        join pg_catalog.pg_proc p on p.oid = d.objid
        where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
          and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
          and d.deptype = 'e'
    loop
        execute pg_catalog.format('revoke all on routine %s from public', routine);
    end loop;
end
$$;
