-- The three counting rules, and the classic report with every month and step, zeros included.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

-- Lead 7 enters Offer twice in January (back to Incoming between), is lost there and reopened there.
-- Lead 8 comes in March; February has no entry at all.
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-02 09:00Z', step(201, 'Incoming', amount => 100)),
    webhook(2, 'lead.step.changed', 7, '2026-01-04 09:00Z', step(203, 'Offer')),
    webhook(3, 'lead.step.changed', 7, '2026-01-06 09:00Z', step(201, 'Incoming')),
    webhook(4, 'lead.step.changed', 7, '2026-01-08 09:00Z', step(203, 'Offer')),
    webhook(5, 'lead.status.changed', 7, '2026-01-10 09:00Z', step(203, 'Offer', 'lost')),
    webhook(6, 'lead.status.changed', 7, '2026-01-12 09:00Z', step(203, 'Offer', 'todo')),
    webhook(7, 'lead.creation', 8, '2026-03-02 09:00Z', step(201, 'Incoming'))]);
select outcome from crm_refresh('office');

select month, stage, deals from crm_funnel('office');
select month, stage, deals from crm_funnel('office', 'every_entry');
select month, stage, deals from crm_funnel('office', 'distinct_per_month');
select month, stage, deals from crm_funnel('office', from_month => '2026-02-01');
select crm_funnel('office', 'best_guess');

select stage_id, entries, first_entries, reopened_in_place, leads, advanced, moved_back, lost, still_open, settled_stays, settled_seconds
from office.funnel_monthly where month = '2026-01-01' order by stage_id;

select month, kpi_name, funnel_step, deals_count, pending_leads from crm_bi.sales_funnel_monthly order by month, funnel_step;
update office.stage set kpi_name = 'Sales Call 1', funnel_step = 2.1 where stage_id = '203';
select month, kpi_name, funnel_step, deals_count from crm_bi.sales_funnel_monthly order by month, funnel_step;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
