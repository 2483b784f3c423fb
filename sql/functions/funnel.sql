-- Readers over the marts.

create or replace function @extschema@.crm_funnel(
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
