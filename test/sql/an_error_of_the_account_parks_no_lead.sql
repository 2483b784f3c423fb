-- What every lead of an account would meet is no lead's fault: the refresh fails, says so, and its marks stay.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
create view state as select outcome, leads, message from crm_refresh('office');
create view office_says as
    select pending_leads, stuck_leads, refresh_error, lag > interval '0' as lags from pgcrm.account_status;
create procedure come(first int, last int) language sql as $$
    select crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2026-01-10 09:00Z', step(201, 'Incoming', amount => n)))
                                       from generate_series(first, last) n));
$$;
call come(1, 5);
select * from state;

-- A mart's table is not there.
call come(6, 45);
alter table office.funnel_monthly_by_owner rename to mislaid;
create view office.funnel_monthly_by_owner as select * from office.mislaid where false;
select * from state;
select * from office_says;
call crm_refresh_all();
select * from office_says;
drop view office.funnel_monthly_by_owner;
alter table office.mislaid rename to funnel_monthly_by_owner;
select * from state;
select * from office_says;
select * from crm_verify('office');

-- A column is not there: in what is written of each lead, and then in what is read of it.
call come(46, 50);
alter table office.stage_history rename outcome to mislaid;
select * from state;
select * from office_says;
alter table office.stage_history rename mislaid to outcome;
alter table office.observation rename stage_id to mislaid;
select * from state;
alter table office.observation rename mislaid to stage_id;

-- Of what a trigger of the owner's says, an SQLSTATE of the account is believed; also from a statement of its own
-- that fails. One that the server does not know is a word against the row.
create function says() returns trigger language plpgsql as $$
begin
    if current_setting('pgcrm_test.says') = 'table' then
        perform from nowhere;
    elsif new.lead_id = '47' then
        raise exception '%', current_setting('pgcrm_test.says') using errcode = current_setting('pgcrm_test.says');
    end if;
    return new;
end $$;
create trigger says before insert on office.stage_history for each row execute function says();
set pgcrm_test.says = 'table';
select * from state;
set pgcrm_test.says = '55000';
select * from state;
set pgcrm_test.says = '42501';
select * from state;
set pgcrm_test.says = 'ZZ123';
select * from state;
select lead_id, sqlstate, message from office.stuck_lead;
drop trigger says on office.stage_history;
select * from crm_repair('office');
select * from office_says;
select * from crm_verify('office');

-- The same for bodies: what the account cannot take goes back to the sender, and is in no quarantine.
create trigger says before insert on office.observation for each row execute function says();
set pgcrm_test.says = 'table';
\set VERBOSITY sqlstate

select crm_ingest('office', webhook(51, 'lead.creation', 51, '2026-01-10 09:00Z', step(201, 'Incoming'))::jsonb);
set pgcrm_test.says = '55000';
select crm_ingest('office', webhook(147, 'lead.step.changed', 47, '2026-01-10 09:00Z', step(202, 'Visit'))::jsonb);
\set VERBOSITY default
set pgcrm_test.says = '57014';
select outcome, problems from crm_ingest('office', webhook(147, 'lead.step.changed', 47, '2026-01-10 09:00Z', step(202, 'Visit'))::jsonb);
set pgcrm_test.says = 'ZZ123';
select outcome, problems from crm_ingest('office', webhook(148, 'lead.step.changed', 47, '2026-01-10 09:00Z', step(202, 'Visit'))::jsonb);
select quarantined from pgcrm.account_status;
drop trigger says on office.observation;

-- How much the owner's code says is not his to decide: it goes into the status, and into the server's log with each refresh.
create function says_much() returns trigger language plpgsql as $$ begin raise exception '%', repeat('no ', 1000000) using errcode = '42501'; end $$;
create trigger says before insert on office.refresh_run for each row execute function says_much();
call come(60, 60);
select outcome, length(message) from crm_refresh('office');
select length(refresh_error) from pgcrm.account_status;
drop trigger says on office.refresh_run;
select outcome from crm_refresh('office');
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop view state, office_says;
drop procedure come;
drop function webhook, step, says, says_much;
