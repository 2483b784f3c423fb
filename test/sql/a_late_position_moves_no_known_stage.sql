-- A position that the source tells of one stage does not throw the others behind it: a stage without a position keeps its place
-- among the ids.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

create function placed(id bigint, stage bigint, place integer) returns text language sql as $$
    select jsonb_build_object('webhook_event', jsonb_build_object('id', id, 'event', 'account.step.updated', 'data', jsonb_build_object(
        'id', stage, 'name', 'Step ' || stage, 'position', place, 'pipeline', jsonb_build_object('id', 1, 'name', 'Sales'))))::text
$$;
create function in_order() returns text language sql as $$
    select string_agg(stage_id, ' ' order by built_rank) from office.stage
$$;

select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Step 201')),
    webhook(2, 'lead.step.changed', 7, '2026-01-11 09:00Z', step(202, 'Step 202')),
    webhook(3, 'lead.step.changed', 7, '2026-01-12 09:00Z', step(203, 'Step 203'))]);
select outcome from crm_refresh('office');
select in_order();
select stage_id, outcome from office.stage_history order by stay_no;

-- The first step event of an account that is older than its webhooks.
select outcome from crm_ingest_batch('office', array[placed(4, 203, 3)]);
select outcome from crm_refresh('office');
select in_order();
select stage_id, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

-- Where the source's order is another one it counts; what stands behind a stage goes with it, and a new stage is behind the
-- nearest smaller id that has a position.
select outcome from crm_ingest_batch('office', array[
    placed(5, 201, 9),
    webhook(6, 'lead.step.changed', 7, '2026-01-13 09:00Z', step(1000, 'Step 1000'))]);
select outcome from crm_refresh('office');
select in_order();
select stage_id, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

-- In another pipeline nothing has a position; its ids are no numbers.
select outcome from crm_ingest_batch('office', array[
    webhook(7, 'lead.step.changed', 7, '2026-01-14 09:00Z', step(null, 'Z') || '{"pipeline": "After"}'),
    webhook(8, 'lead.step.changed', 7, '2026-01-15 09:00Z', step(null, 'Y') || '{"pipeline": "After"}'),
    webhook(9, 'lead.step.changed', 7, '2026-01-16 09:00Z', step(7, 'X') || '{"pipeline": "After"}')]);
select outcome from crm_refresh('office');
update office.stage set position = 5 where stage_id = 'After/Y';
select outcome from crm_refresh('office');
select pipeline, stage_id, position, source_position, built_rank from office.stage order by pipeline, built_rank;
select stage_id, outcome from office.stage_history order by stay_no;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step, placed, in_order;
