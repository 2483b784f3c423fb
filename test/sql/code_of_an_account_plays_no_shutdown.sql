-- A trigger of an account's owner may raise what it likes: to the others it is that account's trouble, and to its own
-- leads an error like any other. A real cancel ends the call, also when the trigger passes it on.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('anvil'), crm_account_create('broken'), crm_account_create('office');

create function broken.plays() returns trigger language plpgsql as $$
begin
    if current_setting('pgcrm_test.role') = 'assert' then
        assert false, 'the roof is on';
    elsif current_setting('pgcrm_test.role') = 'sleep' then
        perform pg_sleep(60);
    end if;
    raise exception 'what % stands for', current_setting('pgcrm_test.role') using errcode = current_setting('pgcrm_test.role');
exception when query_canceled then
    raise;
end $$;

-- As a lead is written.
create trigger plays before insert on broken.stage_history execute function broken.plays();
\set SHOW_CONTEXT never
create procedure meet(lead bigint, role text) language plpgsql as $$
begin
    perform set_config('pgcrm_test.role', role, false);
    perform crm_ingest(a.account, webhook(lead, 'lead.creation', lead, '2021-01-10 09:00Z', step(201, 'Incoming'))::jsonb) from pgcrm.account a;
end $$;
call meet(1, '53100');
select account, outcome, leads, message from crm_refresh();
call meet(2, '57014');
call crm_refresh_all();
call meet(3, '57P01');
select account, outcome, leads, message from crm_refresh();
call meet(4, '58030');
call crm_refresh_all();
call meet(5, 'assert');
select account, outcome, leads, message from crm_refresh();
select lead_id, sqlstate, message from broken.stuck_lead order by sqlstate;
select account, sum(entries) as entries from crm_bi.funnel_monthly group by 1 order by 1;

-- As the run is written down: the whole account fails.
drop trigger plays on broken.stage_history;
create trigger plays before insert or update on broken.refresh_run execute function broken.plays();
call meet(6, '53200');
select account, outcome, message from crm_refresh();
call meet(7, '57P02');
call crm_refresh_all();
select account, pending_leads > 0 as waits, refresh_error from pgcrm.account_status order by 1;
-- A deadlock is as good as played: nobody's lead is at fault.
call meet(8, '40P01');
select account, outcome, message from crm_refresh();

-- A real one.
call meet(9, 'sleep');
set statement_timeout = '300ms';
\set VERBOSITY sqlstate
select count(*) from crm_refresh();
call crm_refresh_all();
\set VERBOSITY default
reset statement_timeout;

drop trigger plays on broken.refresh_run;
select account, outcome, retried, differences, action from pgcrm.account a, lateral (select * from crm_repair(a.account)) r, lateral (select outcome from crm_refresh(a.account)) f order by 1;
select account, v.* from pgcrm.account a, crm_verify(a.account) v;
select account, sum(entries) as entries from crm_bi.funnel_monthly group by 1 order by 1;
select crm_account_drop('anvil', false), crm_account_drop('broken', false), crm_account_drop('office', false);
drop procedure meet;
drop function webhook, step;
