-- What the marts count: of leads that are up to date the stays just computed, of pending ones those that are stored.

-- Leads that were deleted count unless the account says otherwise.
uncounted_lead as (
    select l.lead_id
    from (select e.lead_id, e.deleted_at from expected_lead_current e
          union all
          select l.lead_id, l.deleted_at from lead_current l
          where exists (select from pending_lead p where p.lead_id = l.lead_id)) l
    cross join settings a
    where l.deleted_at is not null and not coalesce(a.built_count_deleted_leads, a.count_deleted_leads)
)

counted_stay as (
    select s.*, lag(s.stage_id) over (partition by s.lead_id order by s.stay_no) as stage_before
    from (select * from expected_stage_history
          union all
          select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, s.amount, s.exit_amount, s.currency,
                 s.entered_at, s.exited_at, s.entry_month, s.exit_month,
                 s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id
          from stage_history s
          where exists (select from pending_lead p where p.lead_id = s.lead_id)) s
    where not exists (select from uncounted_lead u where u.lead_id = s.lead_id)
)
