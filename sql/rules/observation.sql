-- What the observations of a lead say one after the other, and what is true after each: values that one does not say are
-- carried from those before it. Carrying is a group that begins at each said value. Observations themselves are compared with
-- the events by statements that depend on the mappings (extension/api/check/event_differences.cpp).

-- Those of leads that are up to date, in their total order. An id of digits is a number of any length.
ordered as (
    select o.*,
           row_number() over (
               partition by o.lead_id
               order by o.occurred_at,
                        case o.kind when 'created' then 1 when 'snapshot' then 2 else 3 end,
                        case when o.kind <> 'snapshot' then o.sequence end,
                        array_position(array['created', 'moved', 'changed', 'snapshot', 'deleted'], o.kind),
                        event.is_number desc,
                        case when event.is_number then length(ltrim(o.event_id, '0')) end,
                        case when event.is_number then ltrim(o.event_id, '0') end collate "C",
                        o.event_id collate "C", o.origin collate "C") as n
    from observation o
    cross join lateral (select o.event_id ~ '^[0-9]+$' as is_number) event
    where not exists (select from pending_lead p where p.lead_id = o.lead_id)
)

-- A change or snapshot behind a deletion of the same instant tells values only, unless a move stands between them.
heard as (
    select o.*,
           o.kind in ('changed', 'snapshot')
           and coalesce(max(o.n) filter (where o.kind = 'deleted') over earlier
                        > coalesce(max(o.n) filter (where o.kind = 'moved') over earlier, 0), false) as trails
    from ordered o
    window earlier as (partition by o.lead_id, o.occurred_at order by o.n)
)

-- What each tells. A status that is not said is "open" for a creation and a move. A deletion tells nothing but itself.
told as (
    select o.lead_id, o.n, o.occurred_at, o.kind, o.event_id,
           o.kind = 'deleted' as deletes,
           o.kind <> 'deleted' and not o.trails as restores,
           case when o.kind = 'deleted' or o.trails then null
                when o.status is not null then o.status
                when o.kind in ('created', 'moved') then 'open'
           end as status_told,
           case when o.kind <> 'deleted' and not o.trails then o.stage_id end as stage_told,
           o.owner, o.said & 4 <> 0 and o.kind <> 'deleted' as owner_said,
           o.amount, o.said & 1 <> 0 and o.kind <> 'deleted' as amount_said,
           o.currency, o.said & 2 <> 0 and o.kind <> 'deleted' as currency_said,
           o.n = min(o.n) filter (where o.kind <> 'deleted' and not o.trails) over (partition by o.lead_id)
           or (o.kind = 'created'
               and o.n = min(o.n) over (partition by o.lead_id, o.kind, o.occurred_at)) as begins_life
    from heard o
)

-- Each told value opens a group that lasts until the next one.
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
)

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
)

placed as (
    select c.*,
           coalesce(lag(c.status_now) over w, 'open') as status_before,
           lag(c.stage_now) over w as stage_before,
           coalesce(max(c.n) filter (where c.deletes) over before_it
                    > coalesce(max(c.n) filter (where c.restores) over before_it, 0), false) as was_deleted,
           0 = count(c.stage_told) over (
               partition by c.lead_id, c.life_no order by c.n
               rows between unbounded preceding and 1 preceding) as life_has_no_stay
    from carried c
    window w as (partition by c.lead_id order by c.n),
           before_it as (partition by c.lead_id order by c.n rows between unbounded preceding and 1 preceding)
)
