-- Ingest: bodies in, events stored.

create or replace function @extschema@.crm_ingest(
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

create or replace function @extschema@.crm_ingest_batch(
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

create or replace function @extschema@.crm_ingest_batch(
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

create or replace function @extschema@.crm_ingest_table(
    account  text,
    relation regclass,
    out bodies      bigint,
    out stored      bigint,
    out duplicate   bigint,
    out unhandled   bigint,
    out quarantined bigint)
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_ingest_table';
comment on function @extschema@.crm_ingest_table(text, regclass) is
    'Stores all bodies of a table or view that has one column of type text, bytea, json or jsonb and that the caller may read, in one transaction: a cancel leaves nothing half done. Progress: pgcrm.ingest_progress';

create or replace function @extschema@.crm_replay(
    account text,
    what    text default 'quarantined',
    stream  text default null,
    out bodies      bigint,
    out stored      bigint,
    out duplicate   bigint,
    out unhandled   bigint,
    out quarantined bigint)
returns record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_replay';
comment on function @extschema@.crm_replay(text, text, text) is
    'Sends bodies through ingest again, after a mapping was mended: those in quarantine (with a stream: of that stream only), those that were unhandled, or with stored the events themselves, whose typed columns, observations, stays and marts are then made again';
