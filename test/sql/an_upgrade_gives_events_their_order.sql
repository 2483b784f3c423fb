-- Observations of layout 3 had no sequence: an upgrade fills it from the events' ids, and the next refresh builds by it.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select count(*) from crm_ingest_batch('office', array[
    webhook(98, 'lead.creation', 7, '2026-03-02 10:00Z', step(201, 'Incoming')),
    webhook(99, 'lead.any_update', 7, '2026-03-02 11:00Z', step(202, 'Offer')),
    webhook(100, 'lead.step.changed', 7, '2026-03-02 11:00Z', step(203, 'Closing')),
    webhook(101, 'lead.deleted', 8, '2026-03-02 11:00Z'),
    '{"id": 9, "title": "Lead 9", "status": "todo", "step": "Offer", "step_id": 202, "pipeline": "Sales",
      "created_at": "2026-03-02T11:00:00Z", "updated_at": "2026-03-02T11:00:00Z"}']);
select outcome from crm_refresh('office');
create table told as select * from office.observation;
create table stays as select * from office.stage_history;

-- As layout 3 was: observations without a sequence, and with a column for each flag; unread values in no table.
create procedure put_back() language plpgsql as $$
begin
    alter table office.observation rename column said to owner_said;
    alter table office.observation add column amount_said boolean, add column currency_said boolean;
    update office.observation set sequence = 0, amount_said = owner_said & 1 <> 0, currency_said = owner_said & 2 <> 0;
    alter table office.observation alter column owner_said type boolean using owner_said & 4 <> 0,
        drop column attributes, drop column customer, drop column campaign;
    drop table office.unread_value;
    update office.account set layout_version = 3;
end $$;
call put_back();
-- And as the engine of its time built the stays; with many more observations.
update office.stage_history set stage_id = '202', entry_event_id = '99' where stay_no = 2;
insert into office.observation (lead_id, occurred_at, sequence, kind, event_id, amount_said, currency_said, owner_said, origin)
select n, '2026-03-02 10:00Z', 0, 'changed', n, false, false, false, case n % 3 when 0 then 'lead_changed' when 1 then 'step_changed' else 'a stream that is gone' end
from generate_series(1000, 100000) n;
update office.observation set event_id = 'no number' where lead_id = '1001';
update office.account set built_engine_version = 2;
select outcome, message from crm_refresh('office');

set client_min_messages = notice;
select crm_account_upgrade('office');
set client_min_messages = warning;
select origin, count(*), count(*) filter (where sequence::text = event_id) as numbered, count(*) filter (where sequence = 0) as without
from office.observation where lead_id::bigint >= 1000 group by 1 order by 1;
delete from office.observation where lead_id::bigint >= 1000;
(table told except table office.observation);
select outcome from crm_refresh('office');
(table stays except table office.stage_history);
select * from crm_verify('office');

-- A mapping of one's own in the place of a shipped one, of which nobody else knows what its columns hold.
select crm_stream_define('nocrm', (select mapping #- '{observation,sequence}' from pgcrm.stream where stream = 'step_changed' and shipped));
call put_back();
set client_min_messages = notice;
select crm_account_upgrade('office');
set client_min_messages = warning;
select origin, sequence from office.observation order by 1, 2;

-- Once it says its sequence, a rebuild writes it.
select crm_stream_define('nocrm', (select mapping from pgcrm.stream where stream = 'step_changed' and shipped));
select leads from crm_rebuild('office');
(table told except table office.observation);
select * from crm_verify('office');
select crm_stream_drop('nocrm', 'step_changed');

select crm_account_drop('office', keep_data => false);
drop table told, stays;
drop procedure put_back;
drop function webhook, step;
