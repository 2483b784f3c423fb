-- Secrets: who may post events of an account to the gateway.

create or replace function @extschema@.crm_secret_add(
    account text,
    note    text default null,
    out secret_id bigint,
    out secret    text)
returns record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_secret_add';
comment on function @extschema@.crm_secret_add(text, text) is
    'Makes a secret by which events of an account are posted to the gateway, and shows it this once: only its digest is kept. An account has at most 16 valid ones';

create or replace function @extschema@.crm_secret_revoke(
    account   text,
    secret_id bigint,
    overlap   interval default '0',
    out valid_until timestamptz)
returns timestamptz
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_secret_revoke';
comment on function @extschema@.crm_secret_revoke(text, bigint, interval) is
    'Ends a secret, at once or after an overlap in which it and its successor are both valid; returns until when it is valid, which is never later than before';

create or replace function @extschema@.crm_gateway_accounts(
    out account       text,
    out digests       bytea[],
    out valid_seconds double precision[])
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_gateway_accounts';
comment on function @extschema@.crm_gateway_accounts() is
    'What a gateway asks for: the accounts that the caller may ingest into, with the sha256 of each secret that is valid now and for how many seconds still, null without end. An account that is being changed, is broken or is of another version has nulls for both: nobody can tell just now';
