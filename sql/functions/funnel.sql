-- Readers over the marts.

create or replace function @extschema@.crm_funnel(
    account    text,
    rule       text default 'first_entry',
    from_month date default null,
    to_month   date default null)
returns table (month date, pipeline text, stage_rank integer, stage_id text, stage text, deals bigint)
language plpgsql stable parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    measure text := case rule
        when 'first_entry' then 'f.first_entries'
        when 'every_entry' then 'f.entries - f.reopened_in_place'
        when 'distinct_per_month' then 'f.leads'
    end;
begin
    perform pgcrm.require_account(account);
    if measure is null then
        raise exception 'unknown counting rule %', coalesce(quote_ident(rule), 'null')
            using errcode = 'invalid_parameter_value',
                  hint = 'Use first_entry, every_entry or distinct_per_month.';
    end if;
    return query execute format($query$
        select f.month, s.pipeline::text, s.built_rank, s.stage_id::text, s.name::text, %2$s
        from %1$I.funnel_monthly f
        join %1$I.stage s on s.stage_id = f.stage_id
        where ($1 is null or f.month >= $1) and ($2 is null or f.month <= $2) and %2$s > 0
        order by f.month, s.pipeline collate "C", s.built_rank
    $query$, account, measure)
    using from_month, to_month;
end
$$;
comment on function @extschema@.crm_funnel(text, text, date, date) is
    'Deals that entered each stage in each month. Rules: first_entry (a deal counts once per stage, when it first enters), every_entry (each entry), distinct_per_month (a deal counts once per stage and month)';
