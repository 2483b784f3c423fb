-- crm_schedule hands the refresh to pg_cron, which then keeps the marts up to date; where pg_cron
-- cannot do that, the error says what to do. There is one schedule in a database, whoever calls.
-- Waits until the next full minute: pg_cron ticks then.
--
-- Works in the database that pg_cron works in, and leaves it as it was.
\set ECHO none
select coalesce(current_setting('cron.database_name', true), current_database()) as cron_database \gset
\connect :"cron_database"
\ir include/extension.psql
select plan(37);

select crm_account_create('office');
call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]);

-- ---------------------------------------------------------------- without pg_cron

select is(error_of('select crm_schedule()'),
          format('42704 | extension "pg_cron" is not installed in database "%s" | Run CREATE EXTENSION pg_cron.', current_database()),
          'the extension is missing');
select is(crm_unschedule(), false, 'there is nothing to take away');

-- Who may make schemas can put up one of that name; the extension's owner looks into pg_cron's alone.
do $$ begin
    create role tap_schedule_operator;
    execute format('grant create on database %I to tap_schedule_operator', current_database());
end $$;
grant execute on function crm_schedule, crm_unschedule to tap_schedule_operator;
set role tap_schedule_operator;
create schema cron;
create table cron.sprung (who text);
create function cron.spring() returns bigint language plpgsql as $$ begin insert into cron.sprung values (current_user); return 1; end $$;
create view cron.job as select cron.spring() as jobid, 'pgcrm refresh' as jobname, current_database()::text as database, 'somebody' as username;
create function cron.unschedule(bigint) returns boolean language sql return cron.spring() = 1;
create function cron.schedule(text, text, text) returns bigint language sql return cron.spring();
reset role;
select is(crm_unschedule(), false, 'also where somebody has put up a schema of that name');
select throws_ok('select crm_schedule()', '42704', null, 'of which nothing is run');
select is_empty('select * from cron.sprung', 'as nobody');
drop schema cron cascade;

create extension pg_cron;
select pg_sleep(2); -- its launcher looks once a second, and may miss a job that comes while it looks at the new extension
select is(error_of('select crm_schedule(''whenever'')'),
          '22023 | invalid schedule "whenever" | Write five fields (minute, hour, day of the month, month, day of the week), such as */5 * * * *.',
          'no schedule');
select is(error_of('select crm_schedule('''')'),
          '22023 | invalid schedule "" | Write five fields (minute, hour, day of the month, month, day of the week), such as */5 * * * *.',
          'an empty one is none either');
select is((select count(*) from cron.job), 0::bigint, 'and nothing was scheduled');

-- ---------------------------------------------------------------- scheduled

select crm_schedule('0 0 1 1 *') as job \gset
select is(crm_schedule(), :job::bigint, 'a second schedule is for the same job');
select is((select concat_ws(' | ', jobname, schedule, command, database, username, active) from cron.job),
          concat_ws(' | ', 'pgcrm refresh', '* * * * *', 'CALL public.crm_refresh_all()', current_database(), current_user, true),
          'it runs every minute');

create procedure wait_for(condition text)
language plpgsql as $$
declare
    is_met boolean;
begin
    for half_second in 1..260 loop
        execute 'select ' || condition into is_met;
        exit when is_met;
        perform pg_sleep(0.5);
        commit;
    end loop;
end
$$;
call wait_for('not exists (select from office.pending)');
select is((select count(*) from office.stage_history), 1::bigint, 'pg_cron made the stay');
select is((select deals from crm_funnel('office')), 1::bigint, 'and the funnel');
select is((select (pending_leads, refresh_error) from pgcrm.account_status), row(0::bigint, null::text), 'nothing is left');
call wait_for('exists (select from cron.job_run_details where status not in (''starting'', ''running''))');
select is((select status from cron.job_run_details order by runid limit 1), 'succeeded', 'the run succeeded');
select is_empty('select * from crm_verify(''office'')', 'and what it made is right');

-- ---------------------------------------------------------------- one, whoever calls

-- The operator of the how-to, who has EXECUTE and nothing of pg_cron.
set role tap_schedule_operator;
select throws_ok('select * from cron.job', '42501', null, 'an operator who may not look into pg_cron');
select is(crm_schedule('*/5 * * * *'), :job::bigint, 'changes the schedule that there is');
reset role;
select results_eq('select schedule, username from cron.job', format('values (%L, %L)', '*/5 * * * *', current_user), 'which stays the one, and whose it was');
set role tap_schedule_operator;
select is(error_of('select crm_schedule(''whenever'')'),
          '22023 | invalid schedule "whenever" | Write five fields (minute, hour, day of the month, month, day of the week), such as */5 * * * *.',
          'what is no schedule changes nothing');
select is(crm_unschedule(), true, 'he ends it');
select is(crm_unschedule(), false, 'once');
reset role;
select is_empty('select * from cron.job', 'and none is left');

-- Earlier versions made a job for each caller.
grant usage on schema cron to tap_schedule_operator;
set role tap_schedule_operator;
select cron.schedule('pgcrm refresh', '1 1 1 1 *', 'CALL public.crm_refresh_all()') > 0 as made \gset
select cron.schedule('another', '1 1 1 1 *', 'select 1') > 0 as made \gset
reset role;
select is(crm_schedule('2 2 2 2 *') > 0, true, 'with a job of another role');
select results_eq('select jobname::text collate "default", schedule, username from cron.job order by 1',
                  format('values (''another'', ''1 1 1 1 *'', ''tap_schedule_operator''), (''pgcrm refresh'', ''2 2 2 2 *'', %L)', current_user), 'there is one again, and no other was touched');
set role tap_schedule_operator;
select cron.schedule('pgcrm refresh', '1 1 1 1 *', 'CALL public.crm_refresh_all()') > 0 as made \gset
reset role;
select is((select count(*) from cron.job where jobname = 'pgcrm refresh'), 2::bigint, 'two again');
select is(crm_unschedule(), true, 'one call ends both');
select results_eq('select jobname::text collate "default" from cron.job', array['another'], 'and says true only then');
select is(crm_unschedule(), false, 'after which there is none');

-- An owner of the extension who is no superuser, or may not log in.
do $$ begin create role tap_schedule_owner nologin; end $$;
select current_user as installer \gset
alter schema pgcrm owner to tap_schedule_owner;
select is(error_of('select crm_schedule()'), '42501 | role "tap_schedule_owner" may not use pg_cron | Let an administrator run: GRANT USAGE ON SCHEMA cron TO "tap_schedule_owner"; GRANT pg_read_all_settings TO "tap_schedule_owner".',
          'who may not use pg_cron is told what to grant');
grant usage on schema cron to tap_schedule_owner;
grant pg_read_all_settings to tap_schedule_owner;
select is(error_of('select crm_schedule()'), '55000 | role "tap_schedule_owner" may not log in, and pg_cron would run the refresh as it | Run ALTER ROLE "tap_schedule_owner" LOGIN.', 'and that a job needs a role that may log in');
alter role tap_schedule_owner login;
select is((select crm_schedule() > 0), true, 'which is all');
select is(crm_unschedule(), true, 'to make a job and to end it');
alter schema pgcrm owner to :"installer";

-- ---------------------------------------------------------------- and no more

select crm_schedule('0 0 1 1 *') as job \gset
select is(crm_unschedule(), true, 'the job is taken away');
select is(crm_unschedule(), false, 'once');
select is((select count(*) from cron.job where jobname = 'pgcrm refresh'), 0::bigint, 'pg_cron has none left');
drop owned by tap_schedule_operator, tap_schedule_owner cascade;
drop extension pg_cron;
drop role tap_schedule_operator, tap_schedule_owner;
select is(crm_unschedule(), false, 'without pg_cron there is nothing to take away again');

select lives_ok($$select crm_account_drop('office', keep_data => false)$$, 'the account goes as well');
select finish();
drop extension pgtap cascade;
drop extension pgcrm;
drop function error_of, webhook, step;
drop procedure ingest, wait_for;
