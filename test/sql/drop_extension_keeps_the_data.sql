-- Everything of an account is the customer's: DROP EXTENSION leaves it readable. crm_bi goes with the extension, and views
-- of one's own over it hold it up.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('select');
select outcome from crm_ingest_batch('select', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming'))]);
select outcome from crm_refresh();

create view my_report as select account, month, stage, entries from crm_bi.funnel_monthly;
drop extension pgcrm;
\echo :SQLSTATE
select * from my_report;
drop extension pgcrm cascade;
select to_regclass('my_report'), to_regnamespace('crm_bi'), to_regnamespace('pgcrm');
select month, stage_id, entries from "select".funnel_monthly;
select count(*) from "select".lead_created;
select count(*) from "select".observation;

-- The extension comes again and takes the account back; other schemas are nobody's account.
create extension pgcrm;
select crm_account_create('select');
select crm_account_adopt('select');
select outcome from crm_ingest('select', webhook(2, 'lead.step.changed', 7, '2026-02-10 09:00Z', step(202, 'Visit'))::jsonb);
select outcome, leads from crm_refresh();
select * from crm_verify('select');
select account, month, stage, entries from crm_bi.funnel_monthly order by month;
create schema other;
select crm_account_adopt('other');
select crm_account_adopt('nowhere');
drop schema other;
drop extension pgcrm;

drop schema "select" cascade;
drop function webhook, step;
