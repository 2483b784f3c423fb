-- crm_verify tells of each row that is gone from a table by its key, crm_repair puts it back.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming', amount => 10)),
    webhook(2, 'lead.step.changed', 7, '2026-02-20 09:00Z', step(203, 'Offer', amount => 20))]);
select outcome from crm_refresh('office');
select * from crm_verify('office');

begin;
delete from office.stage_history where stay_no = 2;
select relation, key, column_name, expected from crm_verify('office') where column_name in ('stage_id', 'outcome') order by 1, 2, 3;
rollback;

begin;
delete from office.funnel_monthly where stage_id = '201';
select relation, key, count(*) from crm_verify('office') group by 1, 2 order by 1, 2;
select differences from crm_repair('office');
select * from crm_verify('office');
rollback;

begin;
delete from office.funnel_monthly_by_owner where stage_id = '201';
select relation, key, count(*) from crm_verify('office') group by 1, 2 order by 1, 2;
rollback;

begin;
delete from office.funnel_amount_monthly where stage_id = '201';
select relation, key, count(*) from crm_verify('office') group by 1, 2 order by 1, 2;
rollback;

begin;
delete from office.lead_current;
delete from office.stage where stage_id = '203';
select relation, key, count(*) from crm_verify('office') where relation in ('lead_current', 'stage') group by 1, 2 order by 1, 2;
rollback;

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
