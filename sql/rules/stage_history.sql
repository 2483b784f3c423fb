-- The stays: one begins where a lead enters a stage or is open again, and ends at the next row that begins, closes or deletes.
-- compared by lead_id, stay_no

reopening as (
    select p.*,
           not p.deletes and not p.life_has_no_stay
           and p.restores
           and (p.was_deleted or p.status_before <> 'open')
           and (p.status_now = 'open' or p.status_now <> p.status_before) as reopens
    from placed p
)

beginning as (
    select r.*,
           case when not r.restores then false
                when r.life_has_no_stay then r.stage_told is not null
                else r.reopens or coalesce(r.stage_told <> r.stage_before, false)
           end as begins,
           r.restores and r.status_now <> 'open' as closes
    from reopening r
)

turning as (
    select b.*,
           lead(b.n) over w as next_n,
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
)

-- The first move into the stage of a stay that a change or snapshot of the same instant began, before it ends or with it.
confirmation as (
    select distinct on (t.lead_id, t.n) t.lead_id, t.n, m.event_id
    from turning t
    join placed m on m.lead_id = t.lead_id and m.occurred_at = t.occurred_at and m.kind = 'moved'
         and m.stage_told = t.stage_now and m.n > t.n and m.n <= coalesce(t.next_n, m.n)
    where t.begins and not t.closes and t.kind in ('changed', 'snapshot')
    order by t.lead_id, t.n, m.n
)

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
           t.kind in ('changed', 'snapshot') and c.event_id is null as is_inferred,
           coalesce(c.event_id, t.event_id) as entry_event_id,
           case when t.closes then t.event_id else t.next_event_id end as exit_event_id
    from turning t
    left join built_place here on here.stage_id = t.stage_now
    left join built_place there on there.stage_id = t.next_stage
    left join confirmation c on c.lead_id = t.lead_id and c.n = t.n
    where t.begins
)

expected_stage_history as (
    select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
           s.entered_at, s.exited_at,
           date_trunc('month', s.entered_at at time zone x.zone)::date as entry_month,
           date_trunc('month', s.exited_at at time zone x.zone)::date as exit_month,
           s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
    from stay s cross join settings x
)

stored_stage_history as (
    select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
           s.entered_at, s.exited_at, s.entry_month, s.exit_month,
           s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
    from stage_history s
    where not exists (select from pending_lead p where p.lead_id = s.lead_id)
)
