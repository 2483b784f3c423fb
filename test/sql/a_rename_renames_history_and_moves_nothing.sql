-- A stage is its id. Its name and pipeline are those that were seen last, by the source's time;
-- an older event that arrives later renames nothing back.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming')),
    webhook(2, 'lead.step.changed', 7, '2026-01-12 09:00Z', step(203, 'Offer')),
    webhook(3, 'lead.creation', 8, '2026-02-10 09:00Z', step(201, 'Inbox')),
    webhook(4, 'lead.creation', 9, '2026-01-05 09:00Z', step(201, 'New'))]);
select outcome from crm_refresh('office');
select month, pipeline, stage_rank, stage_id, stage, deals from crm_funnel('office');

-- The pipeline gets another name with the next event: no deal has been handed off.
select outcome from crm_ingest_batch('office', array[
    webhook(5, 'lead.creation', 10, '2026-03-01 09:00Z', step(201, 'Inbox') || '{"pipeline": "Sales 2026"}'),
    webhook(6, 'lead.step.changed', 10, '2026-03-02 09:00Z', step(203, 'Offer') || '{"pipeline": "Sales 2026"}')]);
select outcome from crm_refresh('office');
select month, pipeline, stage_rank, stage_id, stage, deals from crm_funnel('office');
select outcome, count(*) from office.stage_history group by outcome order by outcome;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
