-- A mistyped date does not make a report of decades: the classic report runs over the months that have entries and those between, and
-- the status tells how many entries lie far from all others. No number is left out.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select crm_account_create('mill', time_zone => 'Pacific/Auckland');
select outcome, count(*) from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 1, '2026-01-10 09:00Z', step(201, 'Incoming')),
    webhook(2, 'lead.creation', 2, '2026-01-12 09:00Z', step(201, 'Incoming')),
    webhook(3, 'lead.step.changed', 2, '2026-04-12 09:00Z', step(202, 'Visit')),
    webhook(4, 'lead.any_update', 2, '2026-07-12 09:00Z', step(202, 'Visit'))]) group by 1;
select outcome from crm_refresh('office');
select month, kpi_name, deals_count from crm_bi.sales_funnel_monthly order by month, funnel_step;
select stray_entries from pgcrm.account_status where account = 'office';

-- Of 1970, of the last day that is taken, and of exactly a year before, which is near enough.
select outcome, count(*) from crm_ingest_batch('office', array[
    webhook(11, 'lead.creation', 3, '1970-01-01 00:00Z', step(201, 'Incoming')),
    webhook(12, 'lead.creation', 4, '2199-12-31 23:59:59Z', step(202, 'Visit')),
    webhook(13, 'lead.creation', 5, '2025-01-10 09:00Z', step(201, 'Incoming'))]) group by 1;
select outcome from crm_refresh('office');
select count(*), count(distinct month) as months, sum(deals_count) as deals, sum(deals_count) filter (where month < '2025-01-01' or month > '2026-04-01') as stray
from crm_bi.sales_funnel_monthly;
select stray_entries from pgcrm.account_status where account = 'office';
select sum(first_entries) as deals from office.funnel_monthly;
select month, kpi_name, deals_count from crm_bi.sales_funnel_monthly where month < '2024-01-01' or month > '2027-01-01' order by month, funnel_step;

-- The calendar has the months of all of them, in the zones at the ends of the world.
select crm_account_alter('office', time_zone => 'Pacific/Pago_Pago');
select outcome from crm_refresh('office');
select outcome from crm_ingest('mill', webhook(12, 'lead.creation', 4, '2199-12-31 23:59:59Z', step(202, 'Visit'))::jsonb);
select outcome from crm_refresh('mill');
select min(month), max(month), count(*) - count(c.month) as without_month
from (select month from crm_bi.sales_funnel_monthly union select month from crm_bi.funnel_monthly) f left join crm_bi.calendar_month c using (month);

-- What lies in the future is stray also where most of the entries are; an account without entries has none.
select account, stray_entries from pgcrm.account_status order by account;
select crm_account_create('empty');
select count(*) from crm_bi.sales_funnel_monthly where account = 'empty';
select stray_entries from pgcrm.account_status where account = 'empty';

select crm_account_drop(account, keep_data => false) from unnest(array['office', 'mill', 'empty']) account;
drop function webhook, step;
