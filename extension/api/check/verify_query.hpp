// The statement of crm_verify: silver and gold computed again, by a path that shares nothing
// with the engine.
//
// The engine walks each lead's observations with a state machine. Here the same rules are
// written as SQL over whole tables: carried values are groups that begin at each said value,
// a stay ends at the next row that begins, closes or deletes. It is one statement, so it sees
// one snapshot. Names are bare: it runs with the account's schema as search_path.
#pragma once

namespace pgcrm {

inline constexpr char verify_query[] = R"sql(
with
settings as (
    select a.*, coalesce(a.built_time_zone, a.time_zone) as zone from account a
),
-- Leads that are not up to date: pending ones, and stuck ones.
pending_lead as (
    select p.lead_id from pending p where p.lead_id <> ''
    union
    select t.lead_id from stuck_lead t
),
pending_mark_of_any as (
    (select from pending p limit 1)
    union all
    (select from stuck_lead t limit 1)
),

-- 1. Observations of the leads that are up to date, in their total order.
ordered as (
    select o.*,
           row_number() over (
               partition by o.lead_id
               order by o.occurred_at, o.sequence,
                        array_position(array['created', 'moved', 'changed', 'snapshot', 'deleted'], o.kind),
                        o.event_id collate "C", o.origin collate "C") as n
    from observation o
    where not exists (select from pending_lead p where p.lead_id = o.lead_id)
),

-- 2. What each observation tells. A status that is not said is "open" for a creation and a move.
told as (
    select o.lead_id, o.n, o.occurred_at, o.kind, o.event_id,
           o.kind = 'deleted' as deletes,
           case when o.kind = 'deleted' then null
                when o.status is not null then o.status
                when o.kind in ('created', 'moved') then 'open'
           end as status_told,
           case when o.kind <> 'deleted' then o.stage_id end as stage_told,
           o.owner, o.owner_said, o.amount, o.amount_said, o.currency, o.currency_said,
           o.n = min(o.n) filter (where o.kind <> 'deleted') over (partition by o.lead_id)
           or (o.kind = 'created'
               and o.n = min(o.n) over (partition by o.lead_id, o.kind, o.occurred_at)) as begins_life
    from ordered o
),

-- 3. Carried values: each told value opens a group that lasts until the next one.
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
    select g.*,
           coalesce(first_value(g.status_told) over (partition by g.lead_id, g.status_group order by g.n), 'open') as status_now,
           first_value(g.stage_told) over (partition by g.lead_id, g.stage_group order by g.n) as stage_now,
           case when g.owner_group > 0
                then first_value(g.owner) over (partition by g.lead_id, g.owner_group order by g.n) end as owner_now,
           case when g.amount_group > 0
                then round(first_value(g.amount) over (partition by g.lead_id, g.amount_group order by g.n), 2) end as amount_now,
           case when g.currency_group > 0
                then first_value(g.currency) over (partition by g.lead_id, g.currency_group order by g.n) end as currency_now
    from grouped g
),
placed as (
    select c.*,
           coalesce(lag(c.status_now) over w, 'open') as status_before,
           lag(c.stage_now) over w as stage_before,
           coalesce(lag(c.deletes) over w, false) as was_deleted,
           0 = count(c.stage_told) over (
               partition by c.lead_id, c.life_no order by c.n
               rows between unbounded preceding and 1 preceding) as life_has_no_stay
    from carried c
    window w as (partition by c.lead_id order by c.n)
),

-- 4. Where stays begin, and where an open one would end.
reopening as (
    select p.*,
           not p.deletes and not p.life_has_no_stay
           and (p.was_deleted or p.status_before <> 'open')
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
stage_number as (
    select s.stage_id, s.pipeline, coalesce(s.position, s.source_position) as position,
           bool_and(s.stage_id ~ '^[0-9]+$') over (partition by s.pipeline) as all_are_numbers
    from stage s
),
stage_place as (
    select s.stage_id, s.pipeline,
           row_number() over (
               partition by s.pipeline
               order by s.position is null, s.position,
                        case when s.all_are_numbers then s.stage_id::numeric end, s.stage_id collate "C") as rank
    from stage_number s
),

-- 5. The stays.
stay as (
    select t.lead_id,
           row_number() over (partition by t.lead_id order by t.n)::integer as stay_no,
           t.life_no::integer as life_no,
           t.stage_now as stage_id, here.pipeline,
           t.owner_now as owner, t.amount_now as amount, t.currency_now as currency,
           t.occurred_at as entered_at,
           case when t.closes then t.occurred_at else t.next_at end as exited_at,
           case when t.closes then t.amount_now when t.next_at is not null then t.next_amount end as exit_amount,
           case when t.closes then t.status_now
                when t.next_at is null then 'open'
                when t.next_deletes then 'deleted'
                when not t.next_begins then t.next_status
                when there.pipeline <> here.pipeline then 'handed_off'
                when there.rank > here.rank then 'advanced'
                else 'moved_back'
           end as outcome,
           1 = row_number() over (partition by t.lead_id, t.stage_now order by t.n) as is_first_entry,
           t.reopens as is_reopened,
           t.kind in ('changed', 'snapshot') as is_inferred,
           t.event_id as entry_event_id,
           case when t.closes then t.event_id else t.next_event_id end as exit_event_id
    from turning t
    left join stage_place here on here.stage_id = t.stage_now
    left join stage_place there on there.stage_id = t.next_stage
    where t.begins
),
expected_stay as (
    select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
           s.entered_at, s.exited_at,
           date_trunc('month', s.entered_at at time zone x.zone)::date as entry_month,
           date_trunc('month', s.exited_at at time zone x.zone)::date as exit_month,
           s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
    from stay s cross join settings x
),
stored_stay as (
    select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
           s.entered_at, s.exited_at, s.entry_month, s.exit_month,
           s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
    from stage_history s
    where not exists (select from pending_lead p where p.lead_id = s.lead_id)
),

-- 6. The marts: of leads that are up to date from the stays just computed, of pending leads from the stored ones.
last_word as (
    select distinct on (p.lead_id) p.lead_id, p.n, p.status_now, p.amount_now, p.currency_now, p.owner_now, p.deletes
    from placed p
    order by p.lead_id, p.n desc
),
last_life as (
    select distinct on (p.lead_id) p.lead_id, case when p.kind = 'created' then p.occurred_at end as created_at
    from placed p
    where p.begins_life
    order by p.lead_id, p.n desc
),
last_turn as (
    select distinct on (p.lead_id) p.lead_id, p.occurred_at as turned_at
    from placed p
    where not p.deletes and (p.begins_life or p.status_now <> p.status_before)
    order by p.lead_id, p.n desc
),
last_deletion as (
    select p.lead_id, min(p.occurred_at) as deleted_at
    from placed p
    where p.deletes
      and not exists (select from placed q where q.lead_id = p.lead_id and q.n > p.n and not q.deletes)
    group by p.lead_id
),
last_stay as (
    select distinct on (s.lead_id) s.lead_id, s.stage_id, s.pipeline, s.entered_at
    from expected_stay s
    order by s.lead_id, s.stay_no desc
),
expected_lead as (
    select w.lead_id, s.stage_id, s.pipeline, s.entered_at, w.status_now as status, w.amount_now as amount,
           w.currency_now as currency, w.owner_now as owner, l.created_at,
           case when w.status_now <> 'open' then t.turned_at end as closed_at, d.deleted_at
    from last_word w
    left join last_stay s on s.lead_id = w.lead_id
    left join last_life l on l.lead_id = w.lead_id
    left join last_turn t on t.lead_id = w.lead_id
    left join last_deletion d on d.lead_id = w.lead_id
),
stored_lead as (
    select l.lead_id, l.stage_id, l.pipeline, l.entered_at, l.status, l.amount, l.currency, l.owner, l.created_at,
           l.closed_at, l.deleted_at
    from lead_current l
    where not exists (select from pending_lead p where p.lead_id = l.lead_id)
),
-- Leads that were deleted count unless the account says otherwise.
uncounted_lead as (
    select l.lead_id
    from (select e.lead_id, e.deleted_at from expected_lead e
          union all
          select l.lead_id, l.deleted_at from lead_current l
          where exists (select from pending_lead p where p.lead_id = l.lead_id)) l
    cross join settings a
    where l.deleted_at is not null and not coalesce(a.built_count_deleted_leads, a.count_deleted_leads)
),
counted_stay as (
    select s.*, lag(s.stage_id) over (partition by s.lead_id order by s.stay_no) as stage_before
    from (select * from expected_stay
          union all
          select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
                 s.entered_at, s.exited_at, s.entry_month, s.exit_month,
                 s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
          from stage_history s
          where exists (select from pending_lead p where p.lead_id = s.lead_id)) s
    where not exists (select from uncounted_lead u where u.lead_id = s.lead_id)
),
-- Each cell of a month and a stage, once for all owners together and once for each.
expected_cell as (
    select c.entry_month as month, c.stage_id, c.owner_at_entry as owner, grouping(c.owner_at_entry) = 1 as has_all_owners,
           count(*) as entries,
           count(*) filter (where c.is_first_entry) as first_entries,
           count(*) filter (where c.is_reopened and c.stage_id = c.stage_before) as reopened_in_place,
           count(distinct c.lead_id) as leads,
           count(*) filter (where c.outcome = 'advanced') as advanced,
           count(*) filter (where c.outcome = 'moved_back') as moved_back,
           count(*) filter (where c.outcome = 'handed_off') as handed_off,
           count(*) filter (where c.outcome = 'won') as won,
           count(*) filter (where c.outcome = 'lost') as lost,
           count(*) filter (where c.outcome = 'cancelled') as cancelled,
           count(*) filter (where c.outcome = 'deleted') as deleted,
           count(*) filter (where c.outcome = 'open') as still_open,
           count(c.exited_at) as settled_stays,
           coalesce(sum(extract(epoch from c.exited_at - c.entered_at)), 0) as settled_seconds
    from (select s.*, coalesce(s.owner, '') collate "C" as owner_at_entry from counted_stay s) c
    group by grouping sets ((c.entry_month, c.stage_id), (c.entry_month, c.stage_id, c.owner_at_entry))
),
expected_funnel as (
    select c.month, c.stage_id, c.entries, c.first_entries, c.reopened_in_place, c.leads, c.advanced, c.moved_back, c.handed_off,
           c.won, c.lost, c.cancelled, c.deleted, c.still_open, c.settled_stays, c.settled_seconds
    from expected_cell c
    where c.has_all_owners
),
expected_by_owner as (
    select c.month, c.stage_id, c.owner, c.entries, c.first_entries, c.reopened_in_place, c.leads, c.advanced, c.moved_back,
           c.handed_off, c.won, c.lost, c.cancelled, c.deleted, c.still_open, c.settled_stays, c.settled_seconds
    from expected_cell c
    where not c.has_all_owners
),
expected_amount as (
    select c.entry_month as month, c.stage_id, coalesce(c.currency, '') collate "C" as currency,
           count(*) as entries,
           count(*) filter (where c.is_first_entry) as first_entries,
           sum(c.amount) as entry_amount,
           coalesce(sum(c.amount) filter (where c.is_first_entry), 0) as first_entry_amount
    from counted_stay c
    where c.amount is not null
    group by 1, 2, 3
),

-- 7. The stages and the span of time, from all observations (compared when no lead is pending).
stage_word as (
    select o.stage_id, o.occurred_at as at, nullif(o.stage, '') as name, nullif(o.pipeline, '') as pipeline,
           null::bigint as position, false as defines, false as deletes, null::integer as event_size, null::text as event_id
    from observation o
    where o.stage_id is not null and o.kind <> 'deleted'
    union all
    select d.stage_id, coalesce(d.defined_at, '-infinity'), nullif(d.name, '') collate "default",
           nullif(d.pipeline, '') collate "default", d.position, true, d.is_deleted,
           length(d.event_id), d.event_id collate "default"
    from stage_definition d
),
told_stage as (
    select w.stage_id,
           (array_agg(w.name order by w.at desc, w.name collate "C" desc)
               filter (where w.name is not null))[1] as name,
           (array_agg(w.pipeline order by w.at desc, w.pipeline collate "C" desc)
               filter (where w.pipeline is not null))[1] as pipeline,
           (array_agg(w.position order by w.at desc, w.event_size desc, w.event_id collate "C" desc)
               filter (where w.position is not null))[1] as source_position,
           (array_agg(w.deletes order by w.at desc, w.event_size desc, w.event_id collate "C" desc)
               filter (where w.defines))[1] as is_deleted
    from stage_word w
    group by w.stage_id
),
expected_stage as (
    select t.stage_id, coalesce(s.own_name, t.name, t.stage_id collate "default") as name,
           coalesce(s.own_pipeline, t.pipeline, '') as pipeline, t.source_position, coalesce(t.is_deleted, false) as is_deleted
    from told_stage t
    left join stage s on s.stage_id = t.stage_id
    where not exists (select from pending_mark_of_any)
),
stored_stage as (
    select s.stage_id, s.name, s.pipeline, s.source_position, s.is_deleted
    from stage s
    where not exists (select from pending_mark_of_any)
),
span as (
    select min(o.occurred_at) as first_observed_at, max(o.occurred_at) as last_observed_at from observation o
),

-- 8. Rows that differ, then their cells.
differing as (
    select 'stage_history' as relation, coalesce(s.lead_id, e.lead_id) || '/' || coalesce(s.stay_no, e.stay_no) as key,
           to_jsonb(s) as stored, to_jsonb(e) as expected
    from stored_stay s full join expected_stay e using (lead_id, stay_no)
    where s is distinct from e
    union all
    select 'funnel_monthly', coalesce(s.month, e.month) || '/' || coalesce(s.stage_id, e.stage_id), to_jsonb(s), to_jsonb(e)
    from funnel_monthly s full join expected_funnel e using (month, stage_id)
    where s is distinct from e
    union all
    select 'funnel_monthly_by_owner',
           coalesce(s.month, e.month) || '/' || coalesce(s.stage_id, e.stage_id) || '/' || coalesce(s.owner, e.owner),
           to_jsonb(s), to_jsonb(e)
    from funnel_monthly_by_owner s full join expected_by_owner e using (month, stage_id, owner)
    where s is distinct from e
    union all
    select 'funnel_amount_monthly',
           coalesce(s.month, e.month) || '/' || coalesce(s.stage_id, e.stage_id) || '/' || coalesce(s.currency, e.currency),
           to_jsonb(s), to_jsonb(e)
    from funnel_amount_monthly s full join expected_amount e using (month, stage_id, currency)
    where s is distinct from e
    union all
    select 'lead_current', coalesce(s.lead_id, e.lead_id), to_jsonb(s), to_jsonb(e)
    from stored_lead s full join expected_lead e using (lead_id)
    where s is distinct from e
    union all
    select 'stage', coalesce(s.stage_id, e.stage_id), to_jsonb(s), to_jsonb(e)
    from expected_stage e left join stored_stage s using (stage_id)
    where s is distinct from e
    union all
    select 'account', s.account,
           jsonb_build_object('first_observed_at', s.first_observed_at, 'last_observed_at', s.last_observed_at),
           jsonb_build_object('first_observed_at', e.first_observed_at, 'last_observed_at', e.last_observed_at)
    from settings s cross join span e
    where not exists (select from pending_mark_of_any)
      and (s.first_observed_at, s.last_observed_at) is distinct from (e.first_observed_at, e.last_observed_at)
),
difference as (
    select d.relation, d.key, cell.column_name, s.value #>> '{}' as stored, e.value #>> '{}' as expected
    from differing d
    cross join lateral (
        select jsonb_object_keys(d.stored) as column_name
        union
        select jsonb_object_keys(d.expected)) cell
    left join lateral (select d.stored -> cell.column_name as value) s on true
    left join lateral (select d.expected -> cell.column_name as value) e on true
    where s.value is distinct from e.value
    union all
    -- Identity A: every entry has exactly one outcome.
    select 'identity A', f.month || '/' || f.stage_id, 'entries', f.entries::text,
           (f.advanced + f.moved_back + f.handed_off + f.won + f.lost + f.cancelled + f.deleted + f.still_open)::text
    from funnel_monthly f
    where f.entries <> f.advanced + f.moved_back + f.handed_off + f.won + f.lost + f.cancelled + f.deleted + f.still_open
    union all
    -- Identity C: the owners' shares make the whole; only distinct leads do not add up.
    select 'identity C', f.month || '/' || f.stage_id, 'all owners', to_jsonb(o)::text, to_jsonb(f)::text
    from (select w.month, w.stage_id, w.entries, w.first_entries, w.reopened_in_place, w.advanced, w.moved_back,
                 w.handed_off, w.won, w.lost, w.cancelled, w.deleted, w.still_open, w.settled_stays, w.settled_seconds
          from funnel_monthly w) f
    full join (select b.month, b.stage_id, sum(b.entries)::bigint as entries, sum(b.first_entries)::bigint as first_entries,
                 sum(b.reopened_in_place)::bigint as reopened_in_place, sum(b.advanced)::bigint as advanced,
                 sum(b.moved_back)::bigint as moved_back, sum(b.handed_off)::bigint as handed_off, sum(b.won)::bigint as won,
                 sum(b.lost)::bigint as lost, sum(b.cancelled)::bigint as cancelled, sum(b.deleted)::bigint as deleted,
                 sum(b.still_open)::bigint as still_open, sum(b.settled_stays)::bigint as settled_stays,
                 sum(b.settled_seconds) as settled_seconds
          from funnel_monthly_by_owner b group by b.month, b.stage_id) o using (month, stage_id)
    where f is distinct from o
    union all
    -- Identity D, as far as these marts go.
    select 'identity D', f.month || '/' || f.stage_id, 'settled_stays', f.settled_stays::text, (f.entries - f.still_open)::text
    from funnel_monthly f
    where f.settled_stays <> f.entries - f.still_open
    union all
    select 'identity D', f.month || '/' || f.stage_id, 'leads', f.leads::text,
           'from ' || f.first_entries || ' to ' || f.entries
    from funnel_monthly f
    where not (f.first_entries <= f.leads and f.leads <= f.entries)
    union all
    -- A new way to count deleted leads counts from the next refresh on, as does a new time zone.
    select 'account', s.account::text, 'count_deleted_leads', s.built_count_deleted_leads::text, s.count_deleted_leads::text
    from settings s
    where s.built_count_deleted_leads <> s.count_deleted_leads
    union all
    select 'stuck', t.lead_id::text, 'message', t.message, null
    from stuck_lead t
    union all
    select 'account', s.account::text, 'time_zone', s.built_time_zone, s.time_zone
    from settings s
    where s.built_time_zone <> s.time_zone
    union all
    select 'pending', ''::text, 'leads', count(distinct p.lead_id)::text, '0'
    from pending p
    where p.lead_id <> ''
    having count(*) > 0
    union all
    select 'pending', '', 'account', count(*)::text, '0'
    from pending p
    where p.lead_id = ''
    having count(*) > 0
)
select d.relation::text, d.key::text, d.column_name::text, d.stored, d.expected
from difference d
order by d.relation collate "C", d.key collate "C", d.column_name collate "C"
)sql";

} // namespace pgcrm
