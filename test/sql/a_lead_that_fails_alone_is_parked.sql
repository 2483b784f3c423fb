-- A lead that cannot be brought up to date stops no other; it is shown, keeps what it had, and is tried again.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2026-01-10 09:00Z', step(201, 'Incoming', amount => n))) from generate_series(1, 20) n)) group by 1;
select outcome, leads from crm_refresh('office');

-- The owner has a trigger that minds a lead.
create function minds() returns trigger language plpgsql as $$
begin
    if new.lead_id = '13' then
        raise exception 'not this one' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger minds before insert or update on office.stage_history for each row execute function minds();
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(100 + n, 'lead.step.changed', n, '2026-02-10 09:00Z', step(202, 'Offer', amount => 2 * n))) from generate_series(1, 20) n)) group by 1;
select outcome, leads, observations, message from crm_refresh('office');
select lead_id, tries, sqlstate, message from office.stuck_lead;
select pending_leads, stuck_leads, refresh_error from pgcrm.account_status;
select lead_id, count(*) from office.stage_history where lead_id in ('12', '13') group by 1 order by 1;
select month, stage_id, entries, advanced, still_open from office.funnel_monthly order by 1;
select * from crm_verify('office');

-- The same through a rebuild, and with a step more: it keeps its place in the marts.
select leads from crm_rebuild('office');
select month, stage_id, entries, advanced, still_open from office.funnel_monthly order by 1;
select outcome from crm_ingest_batch('office', array[webhook(200, 'lead.step.changed', 13, '2026-03-10 09:00Z', step(203, 'Closing'))]);
select outcome, leads from crm_refresh('office');
select lead_id, tries from office.stuck_lead;
select * from crm_verify('office');

-- The trigger is gone.
drop trigger minds on office.stage_history;
select * from crm_repair('office');
select count(*) from office.stuck_lead;
select lead_id, stay_no, stage_id, outcome from office.stage_history where lead_id = '13' order by 2;
select * from crm_verify('office');

-- What somebody has changed by hand is found and mended.
update office.stage_history set outcome = 'moved_back' where lead_id = '7' and stay_no = 1;
update office.funnel_monthly set won = 99 where stage_id = '201';
delete from office.lead_current where lead_id = '8';
select relation, count(*) from crm_verify('office') group by 1 order by 1;
select * from crm_repair('office');
select * from crm_verify('office');
select run_id, kind, leads, observations, ended_at >= started_at as has_ended from office.refresh_run order by 1;

select crm_account_drop('office', keep_data => false);
drop function webhook, step, minds;
