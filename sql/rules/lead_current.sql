-- Where each lead stands: its last stay, and what its last observation left true.
-- compared by lead_id

last_word as (
    select distinct on (p.lead_id) p.lead_id, p.n, p.status_now, p.amount_now, p.currency_now, p.owner_now
    from placed p
    order by p.lead_id, p.n desc
)

last_life as (
    select distinct on (p.lead_id) p.lead_id, case when p.kind = 'created' then p.occurred_at end as created_at
    from placed p
    where p.begins_life
    order by p.lead_id, p.n desc
)

last_turn as (
    select distinct on (p.lead_id) p.lead_id, p.occurred_at as turned_at
    from placed p
    where p.restores and (p.begins_life or p.status_now <> p.status_before)
    order by p.lead_id, p.n desc
)

last_deletion as (
    select p.lead_id, min(p.occurred_at) as deleted_at
    from placed p
    where p.deletes
      and not exists (select from placed q where q.lead_id = p.lead_id and q.n > p.n and q.restores)
    group by p.lead_id
)

last_stay as (
    select distinct on (s.lead_id) s.lead_id, s.stage_id, s.pipeline, s.entered_at
    from expected_stage_history s
    order by s.lead_id, s.stay_no desc
)

expected_lead_current as (
    select w.lead_id, s.stage_id, s.pipeline, s.entered_at, w.status_now as status, w.amount_now as amount,
           w.currency_now as currency, w.owner_now as owner, l.created_at,
           case when w.status_now <> 'open' then t.turned_at end as closed_at, d.deleted_at
    from last_word w
    left join last_stay s on s.lead_id = w.lead_id
    left join last_life l on l.lead_id = w.lead_id
    left join last_turn t on t.lead_id = w.lead_id
    left join last_deletion d on d.lead_id = w.lead_id
)

stored_lead_current as (
    select l.lead_id, l.stage_id, l.pipeline, l.entered_at, l.status, l.amount, l.currency, l.owner, l.created_at,
           l.closed_at, l.deleted_at
    from lead_current l
    where not exists (select from pending_lead p where p.lead_id = l.lead_id)
)
