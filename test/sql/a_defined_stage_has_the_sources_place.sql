-- Definitions of stages that the source sends give them names, pipelines and places, whatever their order of arrival;
-- what a person has set wins.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

create function defined(id bigint, event text, stage bigint, name text, place integer, at timestamptz default null) returns text language sql as $$
    select jsonb_build_object('webhook_event', jsonb_build_object('id', id, 'event', event, 'data', jsonb_build_object(
        'id', stage, 'name', name, 'position', place, 'pipeline', jsonb_build_object('id', 1, 'name', 'Sales'), 'updated_at', at)))::text
$$;

-- By their ids 201 comes before 202; the source says the other way round, first with other places.
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(202, 'Incoming')),
    webhook(2, 'lead.step.changed', 7, '2026-01-11 09:00Z', step(201, 'Offer')),
    defined(12, 'account.step.updated', 202, 'Incoming', 1),
    defined(11, 'account.step.created', 202, 'Incoming', 9),
    defined(9, 'account.step.created', 201, 'Offer', 2),
    defined(10, 'account.step.created', 203, 'Closing', 3),
    '{"webhook_event": {"id": 13, "event": "account.pipeline.updated", "data": {"id": 1, "name": "Sales"}}}']);
select pending_leads from pgcrm.account_status;
select * from crm_verify('office');
select account, outcome, leads from crm_refresh('office');
select stage_id, name, pipeline, position, source_position, built_rank, is_deleted from office.stage order by stage_id;
select stage_id, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

-- A definition with a newer time than any event renames; one without a time does not; a deleted stage stays known.
select outcome from crm_ingest_batch('office', array[
    defined(20, 'account.step.updated', 201, 'Proposal', 2, '2026-02-01 00:00Z'),
    defined(21, 'account.step.updated', 202, 'Nobody sees this', 1),
    defined(22, 'account.step.deleted', 203, 'Closing', 3)]);
select account, outcome, leads from crm_refresh('office');
select stage_id, name, source_position, is_deleted from office.stage order by stage_id;
select * from crm_verify('office');

-- A person's own name, pipeline and position win, and go again when they are taken back.
update office.stage set own_name = 'First contact', own_pipeline = 'Mine', position = 5 where stage_id = '202';
select account, outcome, leads from crm_refresh('office');
select stage_id, name, pipeline, built_pipeline, built_rank from office.stage order by stage_id;
select stage_id, pipeline, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');
update office.stage set own_name = null, own_pipeline = null, position = null where stage_id = '202';
select account, outcome, leads from crm_refresh('office');
select stage_id, name, pipeline, built_rank from office.stage order by stage_id;
select stage_id, pipeline, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

-- All of it again from the stored events.
create table before as select stage_id, name, pipeline, source_position, is_deleted, built_rank from office.stage;
delete from office.stage_definition;
select leads from crm_rebuild('office');
select count(*) from (table before except select stage_id, name, pipeline, source_position, is_deleted, built_rank from office.stage) lost;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop table before;
drop function webhook, step, defined;
