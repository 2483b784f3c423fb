-- What version 0.1.0 made in crm_bi for account office, of which it made the views by its library whenever an account
-- came or went: ordinary objects of the extension's owner.
create schema crm_bi;
comment on schema crm_bi is 'All accounts of pgcrm side by side, for BI tools';
create table crm_bi.calendar_month (month date not null, year integer not null, quarter integer not null, month_of_year integer not null,
    label text not null, constraint calendar_month_is_unique primary key (month));
comment on table crm_bi.calendar_month is 'The months from 1970 to 2199, for joins and axes';
insert into crm_bi.calendar_month (month, year, quarter, month_of_year, label)
select m::date, extract(year from m)::integer, extract(quarter from m)::integer, extract(month from m)::integer, to_char(m, 'YYYY-MM')
from generate_series(timestamp '1969-12-01', timestamp '2200-01-01', interval '1 month') m;
create view crm_bi.funnel_monthly as
select 'office'::text as account, f.month, s.pipeline, s.stage_id collate "default" as stage_id, s.name as stage, s.built_rank as stage_rank,
       f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, f.handed_off, f.won, f.lost, f.cancelled, f.deleted,
       f.still_open, f.settled_stays, f.settled_seconds::numeric(20,2) as settled_seconds, a.refreshed_at as as_of,
       (select count(distinct p.lead_id) from (select m.lead_id from office.pending m group by m.lead_id, m.mark having m is not null) p) as pending_leads
from (select f.month, f.stage_id, f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, f.handed_off, f.won, f.lost,
             f.cancelled, f.deleted, f.still_open, f.settled_stays, f.settled_seconds from office.funnel_monthly f group by f.month, f.stage_id) f
join (select s.stage_id, s.name, s.pipeline, s.funnel_step, s.kpi_name, s.built_rank from office.stage s group by s.stage_id) s
    on s.stage_id = f.stage_id
cross join (select o.refreshed_at, o.built_time_zone, o.first_observed_at, o.last_observed_at from office.account o group by o.account limit 1) a
where pg_catalog.has_schema_privilege('office', 'usage');
comment on view crm_bi.funnel_monthly is
    'The funnel of each account by month of entry and stage; as_of is the last complete refresh, pending_leads wait for the next one';
create view crm_bi.sales_funnel_monthly as
select 'office'::text as account, m.month, k.kpi_name, k.funnel_step, coalesce(sum(f.first_entries), 0)::bigint as deals_count,
       a.refreshed_at as as_of,
       (select count(distinct p.lead_id) from (select m.lead_id from office.pending m group by m.lead_id, m.mark having m is not null) p) as pending_leads
from (select o.refreshed_at, o.built_time_zone, o.first_observed_at, o.last_observed_at from office.account o group by o.account limit 1) a
join crm_bi.calendar_month m on m.month between date_trunc('month', a.first_observed_at at time zone a.built_time_zone)::date
    and date_trunc('month', a.last_observed_at at time zone a.built_time_zone)::date
cross join (
    select s.stage_id, coalesce(s.funnel_step, s.built_rank)::numeric(12,2) as funnel_step,
           coalesce(s.kpi_name, case when count(*) over () = count(*) over (partition by s.pipeline) then s.name else s.pipeline || ': ' || s.name end) as kpi_name
    from (select s.stage_id, s.name, s.pipeline, s.funnel_step, s.kpi_name, s.built_rank from office.stage s group by s.stage_id) s
    where s.built_rank is not null) k
left join (select f.month, f.stage_id, f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, f.handed_off, f.won, f.lost,
                  f.cancelled, f.deleted, f.still_open, f.settled_stays, f.settled_seconds from office.funnel_monthly f group by f.month, f.stage_id) f
    on f.month = m.month and f.stage_id = k.stage_id
where pg_catalog.has_schema_privilege('office', 'usage')
group by m.month, k.kpi_name, k.funnel_step, a.refreshed_at;
comment on view crm_bi.sales_funnel_monthly is
    'The classic report: deals that first entered each step, for every month and step, zeros included';
