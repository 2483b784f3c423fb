-- The funnel by month of entry and stage.
-- compared by month, stage_id

-- Each cell of a month and a stage, once for all owners together and once for each.
funnel_cell as (
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
)

expected_funnel_monthly as (
    select c.month, c.stage_id, c.entries, c.first_entries, c.reopened_in_place, c.leads, c.advanced, c.moved_back, c.handed_off,
           c.won, c.lost, c.cancelled, c.deleted, c.still_open, c.settled_stays, c.settled_seconds
    from funnel_cell c
    where c.has_all_owners
)

stored_funnel_monthly as (
    select f.month, f.stage_id, f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back, f.handed_off,
           f.won, f.lost, f.cancelled, f.deleted, f.still_open, f.settled_stays, f.settled_seconds
    from funnel_monthly f
)

-- Identity A: every entry has exactly one outcome.
difference_identity_a as (
    select 'identity A', f.month || '/' || f.stage_id, 'entries', f.entries::text,
           (f.advanced + f.moved_back + f.handed_off + f.won + f.lost + f.cancelled + f.deleted + f.still_open)::text
    from funnel_monthly f
    where f.entries <> f.advanced + f.moved_back + f.handed_off + f.won + f.lost + f.cancelled + f.deleted + f.still_open
)

-- Identity D, as far as these marts go.
difference_identity_d as (
    select 'identity D', f.month || '/' || f.stage_id, 'settled_stays', f.settled_stays::text, (f.entries - f.still_open)::text
    from funnel_monthly f
    where f.settled_stays <> f.entries - f.still_open
    union all
    select 'identity D', f.month || '/' || f.stage_id, 'leads', f.leads::text,
           'from ' || f.first_entries || ' to ' || f.entries
    from funnel_monthly f
    where not (f.first_entries <= f.leads and f.leads <= f.entries)
)
