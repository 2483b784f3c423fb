-- An account of an older version lacks the marts that have come since: its next refresh makes and fills them.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 1, '2021-01-12 09:00Z', step(201, 'Incoming', amount => 10)),
    webhook(2, 'lead.step.changed', 1, '2021-02-12 09:00Z', step(202, 'Offer', amount => 12))]);
select outcome from crm_refresh('office');
create role mart_reader;
select crm_grant('office', 'mart_reader', 'read');

-- As such an account is.
drop table office.funnel_amount_monthly cascade;
select * from crm_verify('office');
\echo :SQLSTATE
select * from crm_reported_at('office', 'funnel_amount_monthly', now());
select count(*) from crm_reported_at('office', 'funnel_monthly', now());

select outcome from crm_refresh('office');
select month, stage_id, currency, entries, entry_amount from office.funnel_amount_monthly order by 1;
select obj_description('office.funnel_amount_monthly'::regclass), has_table_privilege('mart_reader', 'office.funnel_amount_monthly', 'select') as may_be_read;
select * from crm_verify('office');

-- So does bringing it up to date, before the refresh that fills it; and adopting it.
drop table office.funnel_amount_monthly cascade;
select crm_account_upgrade('office');
select count(*) from office.funnel_amount_monthly;
select outcome from crm_refresh('office');
select count(*) from office.funnel_amount_monthly;
drop table office.funnel_amount_monthly cascade;
select crm_account_adopt('office');
select outcome from crm_refresh('office');
select count(*) from office.funnel_amount_monthly;
select * from crm_verify('office');

-- What is no table of the owner's is not taken for a mart.
drop table office.funnel_amount_monthly cascade;
create view office.funnel_amount_monthly as select 1 as month;
select outcome, message from crm_refresh('office');
select crm_account_upgrade('office');
\echo :SQLSTATE
drop view office.funnel_amount_monthly;
select outcome from crm_refresh('office');
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop owned by mart_reader;
drop role mart_reader;
drop function webhook, step;
