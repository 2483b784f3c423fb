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
