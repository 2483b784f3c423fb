-- An event that comes late changes the month it happened in, and its neighbours' stays.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

-- The creation and the win arrive first.
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming')),
    webhook(3, 'lead.status.changed', 7, '2026-03-05 09:00Z', step(203, 'Offer', 'won'))]);
select leads, observations, stays_written, cells_changed from crm_refresh('office');
select stage_id, entered_at at time zone 'UTC' as entered, exited_at at time zone 'UTC' as exited, outcome, is_inferred
from office.stage_history order by lead_id, stay_no;
select month, stage_id, deals from crm_funnel('office');

-- Two weeks later comes the step of February: what was inferred for March was entered in February.
select outcome from crm_ingest_batch('office', array[
    webhook(2, 'lead.step.changed', 7, '2026-02-20 09:00Z', step(203, 'Offer'))]);
select leads, observations, stays_written, cells_changed from crm_refresh('office');
select stage_id, entered_at at time zone 'UTC' as entered, exited_at at time zone 'UTC' as exited, outcome, is_inferred
from office.stage_history order by lead_id, stay_no;
select month, stage_id, deals from crm_funnel('office');
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
