-- A rebuild derives everything again and writes only what differs; nothing is left of what has no event any more.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2021-01-10 09:00Z', step(201, 'Incoming', amount => n))) from generate_series(1, 20) n)) group by 1;
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(100 + n, 'lead.step.changed', n, '2021-02-10 09:00Z', step(202, 'Offer', amount => n))) from generate_series(1, 20) n)) group by 1;
select outcome, leads from crm_refresh('office');
create view now as
select 'observation' as relation, lead_id, origin || ' ' || event_id as key, xmin::text as written_by from office.observation
union all
select 'stage_history', lead_id, stay_no::text, xmin::text from office.stage_history
union all
select 'lead_current', lead_id, '', xmin::text from office.lead_current;
create table before as select * from now;
create view written as
select coalesce(n.relation, b.relation) as relation, coalesce(n.lead_id, b.lead_id) as lead_id, coalesce(n.key, b.key) as key,
       case when n is null then 'gone' when b is null then 'new' else 'changed' end as what
from now n full join before b using (relation, lead_id, key)
where n.written_by is distinct from b.written_by
order by 1, 2, 3;

-- Nothing differs: nothing is written.
select leads, observations, stays_written from crm_rebuild('office');
select * from written;

-- What was spoiled by hand is mended, and nothing else is touched.
update office.observation set stage_id = '999' where event_id = '103';
delete from office.observation where event_id = '4';
update office.stage_history set outcome = 'open', exited_at = null where lead_id = '6' and stay_no = 1;
delete from office.stage_history where lead_id = '7' and stay_no = 1;
delete from office.lead_current where lead_id = '8';
insert into office.lead_current (lead_id, status) values ('0', 'open'), ('99', 'open');
insert into office.stage_history select s.* from office.stage_history h
cross join lateral jsonb_populate_record(h, '{"lead_id": "195"}') s where h.lead_id = '19';
select leads, observations, stays_written from crm_rebuild('office');
select * from written;
select * from crm_verify('office');

-- An event is gone, and with it its observation and its lead; also the last ones of all.
delete from office.step_changed where lead_id = 20;
delete from office.lead_created where lead_id = 20;
select leads, observations, stays_written from crm_rebuild('office');
select * from written where what = 'gone';
select * from crm_verify('office');
truncate office.step_changed, office.lead_created;
select leads, observations, stays_written from crm_rebuild('office');
select count(*) from now;
select count(*) from office.funnel_monthly;
select * from crm_verify('office');

-- How far it is can be seen from outside: here by what it writes last of each few leads.
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2021-01-10 09:00Z', step(201, 'Incoming'))) from generate_series(1, 20) n)) group by 1;
analyze office.observation;
create table progress (account text, events_decoded bigint, observations_processed bigint, observations_expected bigint, share numeric);
create function looks() returns trigger language plpgsql security definer as $$
begin
    perform pg_stat_clear_snapshot();
    insert into public.progress select account, events_decoded, observations_processed, observations_expected, share from pgcrm.rebuild_progress;
    return null;
end $$;
create trigger looks after insert on office.lead_current for each statement execute function looks();
set pgcrm.refresh_batch = 3;
select leads, observations, stays_written from crm_rebuild('office');
reset pgcrm.refresh_batch;
select * from progress order by observations_processed;
select * from pgcrm.rebuild_progress;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop table before, progress;
drop function webhook, step, looks;
