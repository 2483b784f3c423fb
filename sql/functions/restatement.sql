-- What was reported at some time, and what has changed in it since.

create or replace function pgcrm.reported_at(
    account text,
    mart    text,
    at      timestamptz,
    out month    date,
    out stage_id text,
    out part     text,
    out measure  text,
    out value    text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_reported_at';
comment on function pgcrm.reported_at(text, text, timestamptz) is 'What crm_reported_at returns, with numbers as text';

create or replace function @extschema@.crm_reported_at(
    account text,
    mart    text,
    at      timestamptz,
    out month    date,
    out stage_id text,
    out part     text,
    out measure  text,
    out value    numeric)
returns setof record
language sql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
    select r.month, r.stage_id, r.part, r.measure, r.value::numeric
    from pgcrm.reported_at(account, mart, at) r
$$;
comment on function @extschema@.crm_reported_at(text, text, timestamptz) is
    'The numbers of a mart (funnel_monthly, funnel_monthly_by_owner, funnel_amount_monthly) for the months that had been reported at that time, as they were reported then: those of now without what later runs have changed. Measures that ripen, such as outcomes, are not among them';
