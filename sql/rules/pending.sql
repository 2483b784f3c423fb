-- Leads whose stays and marts are not up to date, which a refresh is still to take: pending ones, and stuck ones. They are
-- listed and not compared. What depends on all leads together is compared when there is no mark of any kind.

pending_lead as (
    select p.lead_id from pending p where p.lead_id <> ''
    union
    select t.lead_id from stuck_lead t
)

pending_mark_of_any as (
    (select from pending p limit 1)
    union all
    (select from stuck_lead t limit 1)
)

-- The mark with no lead stands for the account itself.
difference_pending as (
    select 'pending', '', 'leads', count(distinct p.lead_id)::text, '0'
    from pending p
    where p.lead_id <> ''
    having count(*) > 0
    union all
    select 'pending', '', 'account', count(*)::text, '0'
    from pending p
    where p.lead_id = ''
    having count(*) > 0
)

difference_stuck as (
    select 'stuck', t.lead_id, 'message', t.message, null
    from stuck_lead t
)
