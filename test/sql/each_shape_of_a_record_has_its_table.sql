-- Webhooks, bare records of the REST API and definitions of stages each become a row of their kind, and what
-- they say of a lead stands up to crm_verify, also where a mapping makes it depend on the body.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

select ordinal, outcome, stream, event_id, problems from crm_ingest_batch('office', array[
    webhook(1, 'client_folder.created', 3002, '2026-01-08 13:00Z', '{"name": "Agent Delgado"}'),
    webhook(2, 'account.step.updated', 203, '2026-01-08 14:00Z', '{"name": "Visit", "position": 3, "pipeline": {"id": 11, "name": "Sales"}}'),
    webhook(3, 'account.pipeline.updated', 11, '2026-01-08 15:00Z', '{"name": "Sales"}'),
    '{"id": 7, "title": "Lead 7", "status": "standby", "step": "Visit", "step_id": 203, "pipeline": "Sales", "amount": 10.5, "currency": "MXN",
      "created_at": "2026-01-05T15:02:11.000Z", "updated_at": "2026-01-09T18:40:27.050Z", "user_id": 639, "client_folder_id": 3002, "comment_count": 1}',
    '{"id": 7, "title": "Lead 7", "status": "standby", "step": "Visit", "step_id": 203, "pipeline": "Sales", "amount": 10.5, "currency": "MXN",
      "created_at": "2026-01-05T15:02:11.000Z", "updated_at": "2026-01-09T18:40:27.050Z", "user_id": 639, "client_folder_id": 3002, "comment_count": 2}',
    '{"id": 70001, "lead_id": 7, "created_at": "2026-01-09T18:40:27Z", "action_type": "step_changed", "action_item": {"name": "Visit"}}',
    '{"id": 70002, "created_at": "2026-01-09T18:40:27Z", "action_type": "step_changed"}']);

select folder_id, folder_name from office.client_folder_created;
select id, stage_id, name, position, pipeline_id, pipeline from office.stage_defined order by id;
select lead_id, updated_at_utc at time zone 'UTC' as updated_at_utc, status, amount, user_id, client_folder_id from office.lead_snapshot;
select lead_id, action, stage from office.action_history;
select event_id, kind, stage_id, status, amount, said & 4 <> 0 as owner_said from office.observation;

-- An account that knows the vocabulary of its history lets the moves in it count.
update pgcrm.stream set mapping = mapping || '{"observation": {"kind": "moved", "lead": "lead_id", "at": "occurred_at", "stage_name": "stage",
                                                             "when": {"/action_type": ["step%", "moved"]}}}'
where stream = 'action_history';
select ordinal, outcome, stream, event_id from crm_ingest_batch('office', array[
    '{"id": 70003, "lead_id": 7, "created_at": "2026-01-10T09:00:00Z", "action_type": "step_changed", "action_item": {"name": "Offer"}}',
    '{"id": 70004, "lead_id": 7, "created_at": "2026-01-11T09:00:00Z", "action_type": "comment_added"}']);
select event_id, kind, stage_id from office.observation where origin = 'action_history' order by event_id;
select crm_rebuild('office');
select event_id, kind, stage_id from office.observation where origin = 'action_history' order by event_id;
select * from crm_verify('office');

-- What should be there and is not is told.
delete from office.observation where event_id = '70003';
select relation, key from crm_verify('office') where relation = 'observation' group by 1, 2;

select crm_account_drop('office', keep_data => false);
update pgcrm.stream set mapping = mapping - 'observation' where stream = 'action_history';
drop function webhook, step;
