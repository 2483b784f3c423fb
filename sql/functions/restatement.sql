-- What was reported at some time, and what has changed in it since.

create or replace function pgcrm.reported_at(
    account text,
    mart    text,
    at      timestamptz,
    out month   date,
    out cell    text,
    out measure text,
    out value   text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_reported_at';
comment on function pgcrm.reported_at(text, text, timestamptz) is 'What crm_reported_at returns, with cells and numbers as text';

create or replace function @extschema@.crm_reported_at(
    account text,
    mart    text,
    at      timestamptz,
    out month   date,
    out cell    jsonb,
    out measure text,
    out value   numeric)
returns setof record
language sql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
    select r.month, r.cell::jsonb, r.measure, r.value::numeric
    from pgcrm.reported_at(account, mart, at) r
$$;
comment on function @extschema@.crm_reported_at(text, text, timestamptz) is
    'The numbers of a mart, such as funnel_monthly, for the months that had been reported at that time, as they were reported then: those of now without what later runs have changed. cell is what the key of the mart has beside the month, such as {"stage_id": "201", "owner": "ana@example.com"}. Measures that ripen, such as outcomes, are not among them';
