-- The stays and marts of an account as plain SQL makes them: window functions over all observations,
-- deleted and written again in one transaction, into tables like the account's own in schema rival.
-- Prints seconds|seconds on a core|bytes of WAL|stays. psql variable: account.
set client_min_messages = warning;
set search_path = rival, :"account", public;
-- More would not save it a pass over its files.
set work_mem = '256MB';
select to_regclass(:'account' || '.funnel_monthly_by_owner') is not null as has_owners,
       to_regclass(:'account' || '.funnel_amount_monthly') is not null as has_amounts,
       to_regclass(:'account' || '.lead_current') is not null as has_leads,
       pg_current_wal_insert_lsn() as started_lsn, rig.core_seconds() as started_cpu, clock_timestamp() as started_at \gset

begin;
delete from stage_history;
\if :has_leads
    delete from lead_current;
\endif
with ordered as (
    select o.*, row_number() over w as n,
           case when o.kind = 'deleted' then null
                when o.status is not null then o.status
                when o.kind in ('created', 'moved') then 'open'
           end as status_told,
           case when o.kind <> 'deleted' then o.stage_id end as stage_told
    from observation o
    window w as (partition by o.lead_id order by o.occurred_at, o.sequence,
                 array_position(array['created', 'moved', 'changed', 'snapshot', 'deleted'], o.kind), o.event_id, o.origin)
),
told as (
    -- A life begins with a creation that repeats none, or with the first observation that is no deletion.
    select o.*,
           o.n = min(o.n) filter (where o.kind <> 'deleted') over (partition by o.lead_id)
           or (o.kind = 'created'
               and o.occurred_at is distinct from max(o.occurred_at) filter (where o.kind = 'created') over (
                   partition by o.lead_id order by o.n rows between unbounded preceding and 1 preceding)) as begins_life
    from ordered o
),
grouped as (
    select t.*,
           count(t.status_told) over w as status_group,
           count(t.stage_told) over w as stage_group,
           count(*) filter (where t.owner_said) over w as owner_group,
           count(*) filter (where t.amount_said) over w as amount_group,
           count(*) filter (where t.currency_said) over w as currency_group,
           count(*) filter (where t.begins_life) over w as life_no
    from told t
    window w as (partition by t.lead_id order by t.n)
),
carried as (
    select g.lead_id, g.n, g.occurred_at, g.kind, g.event_id, g.life_no, g.begins_life, g.stage_told, g.kind = 'deleted' as deletes,
           coalesce(first_value(g.status_told) over (partition by g.lead_id, g.status_group order by g.n), 'open') as status_now,
           first_value(g.stage_told) over (partition by g.lead_id, g.stage_group order by g.n) as stage_now,
           case when g.owner_group > 0
                then first_value(g.owner) over (partition by g.lead_id, g.owner_group order by g.n) end as owner_now,
           case when g.amount_group > 0
                then first_value(g.amount) over (partition by g.lead_id, g.amount_group order by g.n) end as amount_now,
           case when g.currency_group > 0
                then first_value(g.currency) over (partition by g.lead_id, g.currency_group order by g.n) end as currency_now
    from grouped g
),
placed as (
    select c.*,
           coalesce(lag(c.status_now) over w, 'open') as status_before,
           lag(c.stage_now) over w as stage_before,
           coalesce(lag(c.deletes) over w, false) as was_deleted,
           0 = count(c.stage_told) over (partition by c.lead_id, c.life_no order by c.n
                                         rows between unbounded preceding and 1 preceding) as life_has_no_stay
    from carried c
    window w as (partition by c.lead_id order by c.n)
),
reopening as (
    select p.*,
           not p.deletes and not p.life_has_no_stay and (p.was_deleted or p.status_before <> 'open')
           and (p.status_now = 'open' or p.status_now <> p.status_before) as reopens
    from placed p
),
beginning as (
    select r.*,
           case when r.deletes then false
                when r.life_has_no_stay then r.stage_told is not null
                else r.reopens or coalesce(r.stage_told <> r.stage_before, false)
           end as begins,
           not r.deletes and r.status_now <> 'open' as closes
    from reopening r
),
turning as (
    select b.*,
           lead(b.occurred_at) over w as next_at,
           lead(b.event_id) over w as next_event_id,
           lead(b.amount_now) over w as next_amount,
           lead(b.begins) over w as next_begins,
           lead(b.deletes) over w as next_deletes,
           lead(b.status_now) over w as next_status,
           lead(b.stage_now) over w as next_stage
    from beginning b
    where b.begins or b.closes or b.deletes
    window w as (partition by b.lead_id order by b.n)
),
stay as (
    select t.*, here.pipeline, row_number() over (partition by t.lead_id order by t.n)::integer as stay_no,
           case when t.closes then t.occurred_at else t.next_at end as exited_at,
           case when t.closes then t.amount_now when t.next_at is not null then t.next_amount end as exit_amount,
           case when t.closes then t.status_now
                when t.next_at is null then 'open'
                when t.next_deletes then 'deleted'
                when not t.next_begins then t.next_status
                when there.pipeline <> here.pipeline then 'handed_off'
                when there.built_rank > here.built_rank then 'advanced'
                else 'moved_back'
           end as outcome,
           1 = row_number() over (partition by t.lead_id, t.stage_now order by t.n) as is_first_entry,
           case when t.closes then t.event_id else t.next_event_id end as exit_event_id
    from turning t
    join stage here on here.stage_id = t.stage_now
    left join stage there on there.stage_id = t.next_stage
    where t.begins
),
written as (
    insert into stage_history (lead_id, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency, entered_at,
                               exited_at, entry_month, exit_month, outcome, is_first_entry, is_reopened, is_inferred,
                               entry_event_id, exit_event_id)
    select s.lead_id, s.stay_no, s.life_no::integer, s.stage_now, s.pipeline, s.owner_now, s.amount_now, s.exit_amount,
           s.currency_now, s.occurred_at, s.exited_at,
           date_trunc('month', s.occurred_at at time zone a.time_zone)::date,
           date_trunc('month', s.exited_at at time zone a.time_zone)::date,
           s.outcome, s.is_first_entry, s.reopens, s.kind in ('changed', 'snapshot'), s.event_id, s.exit_event_id
    from stay s
    cross join account a
\if :has_leads
    returning lead_id, stay_no, stage_id, pipeline, entered_at
),
whole as (
    select p.*,
           max(p.n) filter (where not p.deletes) over w as last_kept,
           max(p.occurred_at) filter (where p.begins_life and p.kind = 'created') over w as created_at,
           max(p.occurred_at) filter (where not p.deletes and (p.begins_life or p.status_now <> p.status_before)) over w as turned_at
    from placed p
    window w as (partition by p.lead_id)
),
last_word as (
    select distinct on (w.lead_id) w.*,
           min(w.occurred_at) filter (where w.deletes and w.n > coalesce(w.last_kept, 0)) over (partition by w.lead_id) as deleted_at
    from whole w
    order by w.lead_id, w.n desc
),
last_stay as (
    select distinct on (r.lead_id) r.*
    from written r
    order by r.lead_id, r.stay_no desc
)
insert into lead_current (lead_id, stage_id, pipeline, entered_at, status, amount, currency, owner, created_at, closed_at, deleted_at)
select w.lead_id, s.stage_id, s.pipeline, s.entered_at, w.status_now, w.amount_now, w.currency_now, w.owner_now, w.created_at,
       case when w.status_now <> 'open' then w.turned_at end, w.deleted_at
from last_word w
left join last_stay s on s.lead_id = w.lead_id;
\else
)
select;
\endif

create temporary view counted as
select s.*, s.is_reopened and s.stage_id = lag(s.stage_id) over (partition by s.lead_id order by s.stay_no) as is_in_place
from stage_history s;

delete from funnel_monthly;
insert into funnel_monthly (month, stage_id, entries, first_entries, reopened_in_place, leads, advanced, moved_back, handed_off,
                            won, lost, cancelled, deleted, still_open, settled_stays, settled_seconds)
select c.entry_month, c.stage_id, count(*), count(*) filter (where c.is_first_entry), count(*) filter (where c.is_in_place),
       count(distinct c.lead_id),
       count(*) filter (where c.outcome = 'advanced'), count(*) filter (where c.outcome = 'moved_back'),
       count(*) filter (where c.outcome = 'handed_off'), count(*) filter (where c.outcome = 'won'),
       count(*) filter (where c.outcome = 'lost'), count(*) filter (where c.outcome = 'cancelled'),
       count(*) filter (where c.outcome = 'deleted'), count(*) filter (where c.outcome = 'open'),
       count(c.exited_at), coalesce(sum(extract(epoch from c.exited_at - c.entered_at)), 0)
from counted c
group by c.entry_month, c.stage_id;

\if :has_owners
    delete from funnel_monthly_by_owner;
    insert into funnel_monthly_by_owner (month, stage_id, owner, entries, first_entries, reopened_in_place, leads, advanced,
                                         moved_back, handed_off, won, lost, cancelled, deleted, still_open, settled_stays,
                                         settled_seconds)
    select c.entry_month, c.stage_id, coalesce(c.owner, ''), count(*), count(*) filter (where c.is_first_entry),
           count(*) filter (where c.is_in_place), count(distinct c.lead_id),
           count(*) filter (where c.outcome = 'advanced'), count(*) filter (where c.outcome = 'moved_back'),
           count(*) filter (where c.outcome = 'handed_off'), count(*) filter (where c.outcome = 'won'),
           count(*) filter (where c.outcome = 'lost'), count(*) filter (where c.outcome = 'cancelled'),
           count(*) filter (where c.outcome = 'deleted'), count(*) filter (where c.outcome = 'open'),
           count(c.exited_at), coalesce(sum(extract(epoch from c.exited_at - c.entered_at)), 0)
    from counted c
    group by c.entry_month, c.stage_id, coalesce(c.owner, '');
\endif
\if :has_amounts
    delete from funnel_amount_monthly;
    insert into funnel_amount_monthly (month, stage_id, currency, entries, first_entries, entry_amount, first_entry_amount)
    select c.entry_month, c.stage_id, coalesce(c.currency, ''), count(*), count(*) filter (where c.is_first_entry), sum(c.amount),
           coalesce(sum(c.amount) filter (where c.is_first_entry), 0)
    from counted c
    where c.amount is not null
    group by c.entry_month, c.stage_id, coalesce(c.currency, '');
\endif
commit;
drop view counted;
select extract(epoch from clock_timestamp() - :'started_at'), rig.core_seconds() - :started_cpu,
       pg_current_wal_insert_lsn() - :'started_lsn', (select count(*) from stage_history);
