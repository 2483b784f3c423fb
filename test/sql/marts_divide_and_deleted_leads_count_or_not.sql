-- Owners, currencies and where each lead stands; and the account says whether leads that are deleted in the end count.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming', amount => 100)),
    webhook(2, 'lead.step.changed', 7, '2026-01-20 09:00Z', step(202, 'Offer', amount => 150.555) || '{"user": {"email": "Bo@example.com"}}'),
    webhook(3, 'lead.status.changed', 7, '2026-02-03 09:00Z', step(202, 'Offer', 'won', 160) || '{"user": {"email": "bo@example.com"}}'),
    webhook(4, 'lead.creation', 8, '2026-01-11 09:00Z', step(201, 'Incoming', amount => -100) || '{"currency": "EUR"}'),
    webhook(5, 'lead.creation', 9, '2026-01-12 09:00Z', step(201, 'Incoming') || '{"user": null, "currency": null}'),
    webhook(6, 'lead.deleted', 8, '2026-01-13 09:00Z'),
    webhook(7, 'lead.creation', 10, '2026-01-14 09:00Z', step(201, 'Incoming', amount => 100) || '{"currency": "EUR"}')]);
select outcome, leads from crm_refresh('office');
select month, stage_id, owner, entries, leads, advanced, won, deleted, still_open from crm_bi.funnel_monthly_by_owner order by 1, 2, 3;
select month, stage_id, currency, entries, first_entries, entry_amount, first_entry_amount from crm_bi.funnel_amount_monthly order by 1, 2, 3;
set timezone = 'UTC';
select lead_id, stage, entered_at, status, amount, currency, owner, created_at, closed_at, deleted_at from crm_bi.lead_current order by lead_id::integer;
select * from crm_verify('office');

-- Amounts that make zero together leave the cell that says so; without deleted leads it is another.
select crm_account_alter('office', count_deleted_leads => false);
select * from crm_verify('office');
select outcome from crm_refresh('office');
select month, stage_id, entries, deleted, still_open from crm_bi.funnel_monthly order by 1, 2;
select month, stage_id, currency, entries, entry_amount from crm_bi.funnel_amount_monthly order by 1, 2, 3;
select count(*) from office.stage_history where lead_id = '8';
select * from crm_verify('office');

-- The deleted lead comes back, and goes again.
select outcome from crm_ingest_batch('office', array[webhook(8, 'lead.any_update', 8, '2026-02-13 09:00Z', step(201, 'Incoming', amount => 1))]);
select outcome from crm_refresh('office');
select month, stage_id, entries, deleted, still_open from crm_bi.funnel_monthly order by 1, 2;
select outcome from crm_ingest_batch('office', array[webhook(9, 'lead.deleted', 8, '2026-02-14 09:00Z')]);
select outcome from crm_refresh('office');
select month, stage_id, entries, deleted, still_open from crm_bi.funnel_monthly order by 1, 2;
select * from crm_verify('office');
begin;
select crm_account_alter('office', count_deleted_leads => true);
select outcome from crm_refresh('office');
select count(*) from crm_bi.funnel_monthly where deleted > 0;
rollback;
select count(*) from crm_bi.funnel_monthly where deleted > 0;
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
