-- Bodies that could not become an event, to be read by a person.

create or replace function @extschema@.crm_quarantine(
    account text,
    stream  text default null,
    most    bigint default 100,
    out stream            text,
    out problems          text[],
    out times             bigint,
    out first_received_at timestamptz,
    out last_received_at  timestamptz,
    out is_text           boolean,
    out body              text,
    out digest            text)
returns setof record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_quarantine';
comment on function @extschema@.crm_quarantine(text, text, bigint) is
    'The bodies in quarantine, of one stream or of all, those that came last first and at most so many; null is all. A body that is no UTF-8 has is_text false and stands there as encode(body, ''escape'') has it: decode(body, ''escape'') gives its bytes. digest is the key of table quarantine, in hex';
