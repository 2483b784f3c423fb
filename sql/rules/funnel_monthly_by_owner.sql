-- The funnel by month of entry, stage and owner at entry, empty where there was none.
-- compared by month, stage_id, owner

expected_funnel_monthly_by_owner as (
    select c.month, c.stage_id, c.owner, c.entries, c.first_entries, c.reopened_in_place, c.leads, c.advanced, c.moved_back,
           c.handed_off, c.won, c.lost, c.cancelled, c.deleted, c.still_open, c.settled_stays, c.settled_seconds
    from funnel_cell c
    where not c.has_all_owners
)

stored_funnel_monthly_by_owner as (
    select f.month, f.stage_id, f.owner, f.entries, f.first_entries, f.reopened_in_place, f.leads, f.advanced, f.moved_back,
           f.handed_off, f.won, f.lost, f.cancelled, f.deleted, f.still_open, f.settled_stays, f.settled_seconds
    from funnel_monthly_by_owner f
)

-- Identity C: the owners' shares make the whole; only distinct leads do not add up.
difference_identity_c as (
    select 'identity C', month || '/' || stage_id, 'all owners', to_jsonb(o)::text, to_jsonb(f)::text
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
)
