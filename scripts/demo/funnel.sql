-- The funnel of :office as text: the last six months as a table, the whole history as bars.
-- Lines that are headings begin with a #.
create temporary table funnel as
select coalesce(pipeline, '') as pipeline, stage_rank, stage, month, deals from crm_funnel(:'office');

create temporary table label as
select pipeline, stage_rank, stage,
       rpad(case when length(stage) > 28 then left(stage, 27) || '…' else stage end, 28) as label
from funnel
group by pipeline, stage_rank, stage;

create temporary table shown as
select month::date
from (select max(month) as last from funnel) f,
     generate_series(f.last - interval '5 months', f.last, interval '1 month') month;

select format('#%s   %s, %s to %s, events up to %s UTC', account, time_zone,
              (select to_char(min(month), 'Mon YYYY') from funnel),
              (select to_char(max(month), 'Mon YYYY') from funnel),
              to_char(last_event_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
from pgcrm.account_status
where account = :'office';

select '';
select format('#%s%s', rpad('deals that entered a step', 30), string_agg(lpad(to_char(month, 'Mon YY'), 8), '' order by month))
from shown;

select line
from (
    select pipeline, -1 as stage_rank, format('#%s', pipeline) as line
    from label
    group by pipeline
    union all
    select l.pipeline, l.stage_rank,
           format('  %s%s', l.label, string_agg(lpad(coalesce(f.deals, 0)::text, 8), '' order by s.month))
    from label l
    cross join shown s
    left join funnel f on f.pipeline = l.pipeline and f.stage_rank = l.stage_rank and f.month = s.month
    group by l.pipeline, l.stage_rank, l.label
) t
order by pipeline, stage_rank;

select '';
select format('#%s%s', rpad('all months', 30), 'deals, and their share of the first step');

with total as (
    select l.pipeline, l.stage_rank, l.label, sum(f.deals) as deals
    from label l
    join funnel f using (pipeline, stage_rank)
    group by l.pipeline, l.stage_rank, l.label
), scaled as (
    select *,
           first_value(deals) over (partition by pipeline order by stage_rank) as first_step,
           (deals * 8 * 32 / max(deals) over ())::integer as eighths
    from total
)
select line
from (
    select pipeline, -1 as stage_rank, format('#%s', pipeline) as line
    from total
    group by pipeline
    union all
    select pipeline, stage_rank,
           format('  %s%s %s %s %%', label,
                  rpad(repeat('█', eighths / 8) || substr(' ▏▎▍▌▋▊▉', eighths % 8 + 1, 1), 33),
                  lpad(deals::text, 6), lpad(round(100 * deals / first_step)::text, 4))
    from scaled
) t
order by pipeline, stage_rank;
