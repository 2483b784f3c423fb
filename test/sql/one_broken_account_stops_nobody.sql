-- What happens to one account's tables neither stops the refresh of the others nor hides them.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('anvil'), crm_account_create('broken'), crm_account_create('office');
select a.account, i.outcome from pgcrm.account a,
    crm_ingest(a.account, webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming'))::jsonb) i order by 1;

-- A renamed table.
alter table broken.observation rename to mislaid;
select account, outcome, leads, message from crm_refresh();
select account, entries from crm_bi.funnel_monthly order by 1;
select account, pending_leads, refresh_error from pgcrm.account_status order by 1;
alter table broken.mislaid rename to observation;
call crm_refresh_all();
select account, pending_leads, refresh_error from pgcrm.account_status order by 1;

-- A deadlock or a serialization failure that this account's own trigger plays.
create function broken.refuse() returns trigger language plpgsql as $$ begin raise exception 'not today' using errcode = '40001'; end $$;
create trigger refuse before insert on broken.stage_history execute function broken.refuse();
select account, i.outcome from pgcrm.account a,
    crm_ingest(a.account, webhook(2, 'lead.step.changed', 8, '2026-01-10 09:00Z', step(202, 'Visit'))::jsonb) i order by 1;
select account, outcome, leads, message from crm_refresh();
drop trigger refuse on broken.stage_history;
select account, outcome, leads from crm_refresh();

-- A table that is not there when the views are made: left out, with a warning.
alter table broken.pending rename to mislaid;
select crm_account_create('works');
select account, entries from crm_bi.funnel_monthly order by 1, 2;

-- A schema dropped by hand takes the views of all along; the next refresh brings them back.
drop schema anvil cascade;
select to_regclass('crm_bi.funnel_monthly');
select account, outcome, message from crm_refresh();
select account, count(*) from crm_bi.sales_funnel_monthly group by 1 order by 1;

select crm_account_drop('anvil', false), crm_account_drop('broken', false), crm_account_drop('office', false), crm_account_drop('works', false);
select * from crm_bi.funnel_monthly;
drop function webhook, step;
