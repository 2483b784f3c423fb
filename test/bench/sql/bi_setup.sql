-- What the rows about crm_bi share: an account of many leads, and a hundred accounts, two of which have numbers. What is
-- read is written here by hand: how it came to be is measured elsewhere.
create procedure rig.bi_accounts(first integer, last integer)
language plpgsql as $$
begin
    for i in first..last loop
        perform crm_account_create('bi_' || i);
        commit;
    end loop;
end $$;
call rig.bi_accounts(1, 100);

create procedure rig.bi_numbers(account text)
language plpgsql as $$
begin
    execute format($sql$
        insert into %1$I.stage (stage_id, name, pipeline, built_rank) select s::text, 'Step ' || s, 'Sales', s from generate_series(1, 20) s;
        insert into %1$I.funnel_monthly (month, stage_id, entries, first_entries, reopened_in_place, leads, advanced, moved_back, handed_off, won, lost, cancelled,
                                         deleted, still_open, settled_stays, settled_seconds)
        select m::date, s::text, 10, 9, 0, 9, 5, 1, 0, 1, 2, 0, 0, 1, 9, 86400 from generate_series(timestamp '2019-01-01', '2023-12-01', '1 month') m, generate_series(1, 20) s;
        update %1$I.account set first_observed_at = '2019-01-01', last_observed_at = '2023-12-31', refreshed_at = now(), built_time_zone = 'UTC'
    $sql$, account);
end $$;
call rig.bi_numbers('bi_17');
call rig.bi_numbers('bi_50');
insert into bi_1.stage (stage_id, name, pipeline, built_rank) select s::text, 'Step ' || s, 'Sales', s from generate_series(1, 20) s;
insert into bi_1.lead_current (lead_id, stage_id, pipeline, entered_at, status, amount, currency, owner, created_at)
select (10000000 + l)::text, (1 + l % 20)::text, 'Sales', timestamptz '2019-01-01' + l * interval '1 minute', 'open', l % 1000, 'MXN', 'seller' || l % 24 || '@office.example', timestamptz '2019-01-01'
from generate_series(1, :leads) l;
vacuum analyze bi_1.lead_current, bi_17.funnel_monthly, bi_50.funnel_monthly;

-- A query, planned and run `runs` times in this session: milliseconds of the middle run and of the slowest in a hundred.
create function rig.times(query text, runs integer, out p50 numeric, out p99 numeric)
language plpgsql as $$
declare
    times float8[];
    started timestamptz;
begin
    for i in 1..runs loop
        started := clock_timestamp();
        execute query;
        times := times || extract(epoch from clock_timestamp() - started)::float8 * 1000;
    end loop;
    select percentile_cont(0.5) within group (order by t), percentile_cont(0.99) within group (order by t) into p50, p99 from unnest(times) t;
end $$;
