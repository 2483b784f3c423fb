-- Stage order and time zone are data: an UPDATE changes them, the next refresh counts again,
-- and a change that is rolled back leaves nothing.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

-- 05:30 UTC on 1 February is still January in Chihuahua.
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-02-01 05:30Z', step(201, 'Incoming')),
    webhook(2, 'lead.step.changed', 7, '2026-02-10 09:00Z', step(203, 'Offer'))]);
select outcome from crm_refresh('office');
select month, stage_id, deals from crm_funnel('office');

update office.account set time_zone = 'America/Chihuahua';
select relation, column_name, stored, expected from crm_verify('office');
select outcome from crm_refresh('office');
select month, stage_id, deals from crm_funnel('office');
select * from crm_verify('office');

-- The order is turned round: what was advanced has moved back.
select outcome from office.stage_history order by stay_no;
update office.stage set position = -stage_id::bigint;
select outcome from crm_refresh('office');
select outcome from office.stage_history order by stay_no;
select stage_rank, stage_id from crm_funnel('office') order by 1;
select * from crm_verify('office');

begin;
update office.stage set position = null;
select outcome from crm_refresh('office');
select outcome from office.stage_history order by stay_no;
rollback;
select outcome from crm_refresh('office');
select outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

\set VERBOSITY terse
update office.account set time_zone = 'CET';

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
