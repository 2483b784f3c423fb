-- Events of one instant count in the order in which the source numbers them, and 100 comes after 99.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
create view path as
select lead_id, stay_no as no, stage_id, to_char(entered_at at time zone 'UTC', 'HH24:MI') as entered, outcome, is_reopened as reopened,
       is_inferred as inferred, entry_event_id as entry, exit_event_id as exit
from office.stage_history order by lead_id::bigint, stay_no;

-- Two moves; a change before a move and behind it; the source closes a lead and moves it before.
select outcome from crm_ingest_batch('office', array[
    webhook(100, 'lead.step.changed', 7, '2026-03-02 11:00Z', step(203, 'Closing')),
    webhook(99, 'lead.step.changed', 7, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(98, 'lead.creation', 7, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(1001, 'lead.any_update', 8, '2026-03-02 11:00Z', step(201, 'Incoming')),
    webhook(999, 'lead.step.changed', 8, '2026-03-02 11:00Z', step(203, 'Closing')),
    webhook(998, 'lead.creation', 8, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(102, 'lead.status.changed.to.won', 9, '2026-03-02 11:00Z', '{"status": "won"}'),
    webhook(101, 'lead.step.changed', 9, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(97, 'lead.creation', 9, '2026-03-02 10:00Z', step(201, 'Incoming'))]);
select outcome from crm_refresh('office');
select lead_id, stage_id, status from office.lead_current order by lead_id;
select * from path;
select event_id, sequence from office.observation order by sequence;
select * from crm_verify('office');

-- What the source says of a lead while it deletes it brings it back neither as an event before nor as one behind the deletion;
-- a move does. Amounts and owners are remembered.
select outcome from crm_ingest_batch('office', array[
    webhook(10, 'lead.creation', 20, '2026-03-02 10:00Z', step(201, 'Incoming', amount => 5)),
    webhook(12, 'lead.any_update', 20, '2026-03-02 11:00Z', step(202, 'Offer', 'won', 8)),
    webhook(11, 'lead.deleted', 20, '2026-03-02 11:00Z'),
    webhook(20, 'lead.creation', 21, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(21, 'lead.any_update', 21, '2026-03-02 11:00Z', step(201, 'Incoming')),
    webhook(22, 'lead.deleted', 21, '2026-03-02 11:00Z'),
    webhook(30, 'lead.creation', 22, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(31, 'lead.deleted', 22, '2026-03-02 11:00Z'),
    webhook(32, 'lead.step.changed', 22, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(33, 'lead.any_update', 22, '2026-03-02 11:00Z', step(203, 'Closing')),
    webhook(40, 'lead.deleted', 23, '2026-03-02 11:00Z'),
    webhook(41, 'lead.any_update', 23, '2026-03-02 11:00Z', step(203, 'Closing', amount => 9))]);
select outcome from crm_refresh('office');
select lead_id, stage_id, status, amount, owner, deleted_at at time zone 'UTC' as deleted_at from office.lead_current where lead_id >= '20' and lead_id < '3' order by lead_id;
select * from path where lead_id in ('20', '21', '22', '23');
select * from crm_verify('office');

-- A stay of which a change told first is confirmed by the first move of its instant, before it ends or with its end.
select outcome from crm_ingest_batch('office', array[
    webhook(50, 'lead.creation', 30, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(51, 'lead.any_update', 30, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(52, 'lead.step.changed', 30, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(53, 'lead.step.changed', 30, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(60, 'lead.creation', 31, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(61, 'lead.any_update', 31, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(62, 'lead.step.changed', 31, '2026-03-02 11:00Z', step(202, 'Offer', 'lost')),
    webhook(70, 'lead.creation', 32, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(71, 'lead.any_update', 32, '2026-03-02 11:00Z', step(202, 'Offer', 'won')),
    webhook(72, 'lead.step.changed', 32, '2026-03-02 11:00Z', step(202, 'Offer', 'won')),
    webhook(80, 'lead.any_update', 33, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(81, 'lead.step.changed', 33, '2026-03-02 11:01Z', step(202, 'Offer'))]);
select outcome from crm_refresh('office');
select * from path where lead_id in ('30', '31', '32', '33');
select * from crm_verify('office');

-- A look at the lead has no place among the source's numbers: it comes behind the creation and before the rest.
select outcome from crm_ingest_batch('office', array[
    webhook(91, 'lead.creation', 40, '2026-03-02 11:00Z', step(201, 'Incoming')),
    webhook(90, 'lead.any_update', 40, '2026-03-02 11:00Z', step(203, 'Closing')),
    '{"id": 40, "title": "Lead 40", "status": "todo", "step": "Offer", "step_id": 202, "pipeline": "Sales",
      "created_at": "2026-03-02T11:00:00Z", "updated_at": "2026-03-02T11:00:00Z"}']);
select outcome from crm_refresh('office');
select * from path where lead_id = '40';
select kind, sequence from office.observation where lead_id = '40' order by kind;
select * from crm_verify('office');

drop view path;
select crm_account_drop('office', keep_data => false);
drop function webhook, step;
