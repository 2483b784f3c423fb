-- A word in a row that the extension never writes there, which the tables' constraints keep out, is an error of
-- that row's lead; it says the word and where it stands.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2026-01-10 09:00Z', step(201, 'Incoming', amount => n))) from generate_series(1, 5) n)) group by 1;
select outcome, leads from crm_refresh('office');

-- Somebody writes by hand.
alter table office.observation drop constraint kind_is_known, drop constraint status_is_known;
alter table office.stage_history drop constraint outcome_is_known, drop constraint open_stay_has_no_end;
alter table office.lead_current drop constraint status_is_known;
update office.observation set kind = 'kindly' where lead_id = '1';
update office.observation set status = 'frozen' where lead_id = '2';
update office.stage_history set outcome = 'adrift' where lead_id = '3';
update office.lead_current set status = 'asleep' where lead_id = '4';

select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(100 + n, 'lead.step.changed', n, '2026-02-10 09:00Z', step(202, 'Offer', amount => 2 * n))) from generate_series(1, 5) n)) group by 1;
select outcome, leads, observations, message from crm_refresh('office');
select lead_id, sqlstate, message from office.stuck_lead order by lead_id;
select lead_id, stay_no, stage_id, amount, exit_amount, outcome from office.stage_history where lead_id = '5' order by stay_no;

-- Who deletes the row and rebuilds has it again, from the events.
delete from office.observation where kind = 'kindly' or status = 'frozen';
delete from office.stage_history where lead_id = '3';
delete from office.lead_current where lead_id = '4';
select leads from crm_rebuild('office');
select count(*) from office.stuck_lead;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
