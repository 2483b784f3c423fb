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

-- A table that crm_bi needs is not there: the account is left out with a warning by who asks for what it has.
alter table broken.pending rename to mislaid;
select crm_account_create('works');
select account, entries from crm_bi.funnel_monthly order by 1, 2;
select account, sum(pending_leads) as pending_leads from crm_bi.funnel_monthly group by 1 order by 1;
alter table broken.mislaid rename to pending;
-- Code of its owner that raises, be it a shutdown or a serialization failure that it plays, at the first rows.
create role broken_owner;
select crm_account_alter('broken', owner => 'broken_owner');
create function broken.say(code text) returns boolean language plpgsql as $$ begin raise exception 'not today' using errcode = code; end $$;
alter function broken.say owner to broken_owner;
create policy refuse on broken.funnel_monthly using (broken.say('P0001'));
alter table broken.funnel_monthly enable row level security, force row level security;
select account, entries from crm_bi.funnel_monthly order by 1, 2;
alter policy refuse on broken.funnel_monthly using (broken.say('57P01'));
select account, entries from crm_bi.funnel_monthly order by 1, 2;
alter policy refuse on broken.funnel_monthly using (broken.say('40001'));
select count(*) from crm_bi.funnel_monthly;
drop policy refuse on broken.funnel_monthly;
alter table broken.funnel_monthly disable row level security;
-- It raises after a thousand rows, which cannot be taken back: the reader's query fails.
create function broken.let_pass(lead_id text) returns boolean language plpgsql as $$
begin if lead_id = '2500' then raise exception 'not that one'; end if; return true; end $$;
alter function broken.let_pass owner to broken_owner;
insert into broken.lead_current (lead_id, status) select n, 'open' from generate_series(1001, 3000) n;
create policy refuse on broken.lead_current using (broken.let_pass(lead_id));
alter table broken.lead_current enable row level security, force row level security;
select count(*) from crm_bi.lead_current;
select count(*) from crm_bi.lead_current where account <> 'broken';
select count(*) from (select from crm_bi.lead_current where account = 'broken' limit 100) l;

-- A schema dropped by hand is in nobody's way.
drop schema anvil cascade;
select account, outcome, message from crm_refresh();
select account, count(*) from crm_bi.sales_funnel_monthly group by 1 order by 1;

select crm_account_drop('anvil', false), crm_account_drop('broken', false), crm_account_drop('office', false), crm_account_drop('works', false);
select * from crm_bi.funnel_monthly;
drop function webhook, step;
drop role broken_owner;
