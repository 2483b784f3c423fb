-- The observations of step_changed from its typed columns, over those that are there. Prints seconds|rows.
set client_min_messages = warning;
set search_path = rival, bench, public;
create table rival.observation (like bench.observation including all);
insert into rival.observation select * from bench.observation;
checkpoint;
select clock_timestamp() as started_at \gset
begin;
delete from observation;
insert into observation (lead_id, occurred_at, sequence, kind, event_id, stage_id, stage, pipeline, status, amount, currency,
                         owner, said, origin)
select s.lead_id::text, s.updated_at_utc, s.id, 'moved', s.id::text, s.step_id::text, s.lead_step, s.pipeline,
       case s.lead_status when 'todo' then 'open' when 'standby' then 'open' else s.lead_status end,
       s.lead_amount, s.currency, s.lead_user_email, (d.data ? 'amount')::integer + 2 * (d.data ? 'currency')::integer + 4 * (d.data #> '{user,email}' is not null)::integer,
       'step_changed'
from step_changed s
cross join lateral (select s.raw_data #> '{webhook_event,data}' as data) d;
commit;
select extract(epoch from clock_timestamp() - :'started_at'), (select count(*) from observation);
