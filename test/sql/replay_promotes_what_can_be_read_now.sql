-- Bodies in quarantine, and kinds that nobody took, become events when a mapping is mended; nothing is lost,
-- nothing is counted twice.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office_a');

-- A status nobody knew, three times; a kind nobody takes; something that will never be read.
select outcome, count(*) from crm_ingest_batch('office_a', array[
    replace(webhook(1, 'lead.creation', 7, '2024-01-05 10:00Z', step(201, 'Incoming')), '"todo"', '"paused"'),
    replace(webhook(1, 'lead.creation', 7, '2024-01-05 10:00Z', step(201, 'Incoming')), '"todo"', '"paused"'),
    replace(webhook(1, 'lead.creation', 7, '2024-01-05 10:00Z', step(201, 'Incoming')), '"todo"', '"paused"'),
    webhook(2, 'lead.cloned', 8, '2024-01-06 10:00Z', step(201, 'Incoming')),
    'no json']) group by 1 order by 1;

-- Replayed as things are, everything stays where it was, with what is known of it.
create table before as select digest, times, first_received_at, last_received_at, problems from office_a.quarantine;
select pg_sleep(0.01);
select * from crm_replay('office_a');
select * from crm_replay('office_a', 'unhandled');
select count(*) from (table before intersect select digest, times, first_received_at, last_received_at, problems from office_a.quarantine) same;
select event, times from office_a.other_event;

-- The mapping is mended: the word is known, and the kind is a creation.
update pgcrm.stream set mapping = jsonb_set(jsonb_set(mapping, '{observation,status,map,paused}', '"open"'),
    '{match,/webhook_event/event}', '["lead.creation", "lead.cloned"]') where source = 'nocrm' and stream = 'lead_created';
select * from crm_replay('office_a', stream => 'lead_deleted');
select * from crm_replay('office_a', stream => 'lead_created');
select * from crm_replay('office_a', 'unhandled');
select id, lead_id, status, received_at < now() - interval '5 milliseconds' as keeps_its_arrival from office_a.lead_created order by id;
select convert_from(body, 'UTF8'), times from office_a.quarantine;
select count(*) from office_a.other_event;

-- A column that is read from elsewhere now: the stored events are decoded again.
update pgcrm.stream set mapping = jsonb_set(mapping, '{columns}', (select jsonb_agg(case when c ->> 'name' = 'title'
    then jsonb_set(c, '{at}', '"/webhook_event/event"') else c end order by n) from jsonb_array_elements(mapping -> 'columns') with ordinality e(c, n)))
where source = 'nocrm' and stream = 'lead_created';
select * from crm_replay('office_a', 'stored');
select id, title from office_a.lead_created order by id;
select * from crm_verify('office_a');

-- An event that the mapping cannot read any more changes nothing.
update pgcrm.stream set mapping = jsonb_set(mapping, '{match,/webhook_event/event}', '["lead.creation"]') where source = 'nocrm' and stream = 'lead_created';
select * from crm_replay('office_a', 'stored');
select * from crm_replay('office_a', 'everything');
select * from crm_replay('office_a', 'stored', 'lead_created');
select count(*) from office_a.lead_created;

-- An observation whose event somebody has deleted by hand does not hinder the event from coming back.
update pgcrm.stream set mapping = jsonb_set(mapping, '{match,/webhook_event/event}', '["lead.creation", "lead.cloned"]') where source = 'nocrm' and stream = 'lead_created';
delete from office_a.lead_created where id = 1;
select outcome from crm_ingest_batch('office_a', array[webhook(1, 'lead.creation', 7, '2024-01-05 10:00Z', step(201, 'Incoming'))]);
select count(*) from crm_refresh('office_a');
select * from crm_verify('office_a');
select crm_account_drop('office_a', false);
drop function webhook, step;
drop table before;
drop extension pgcrm;
