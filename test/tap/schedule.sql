-- crm_schedule hands the refresh to pg_cron, which then keeps the marts up to date; where pg_cron
-- cannot do that, the error says what to do. Waits until the next full minute: pg_cron ticks then.
--
-- Works in the database that pg_cron works in, and leaves it as it was.
\set ECHO none
select coalesce(current_setting('cron.database_name', true), current_database()) as cron_database \gset
\connect :"cron_database"
\ir include/extension.psql
select plan(17);

select crm_account_create('office');
call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]);

-- ---------------------------------------------------------------- without pg_cron

select is(error_of('select crm_schedule()'),
          format('42704 | extension "pg_cron" is not installed in database "%s" | Run CREATE EXTENSION pg_cron.', current_database()),
          'the extension is missing');
select is(crm_unschedule(), false, 'there is nothing to take away');

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

-- ---------------------------------------------------------------- and no more

select is(crm_unschedule(), true, 'the job is taken away');
select is(crm_unschedule(), false, 'once');
select is((select count(*) from cron.job), 0::bigint, 'pg_cron has none left');
drop extension pg_cron;
select is(crm_unschedule(), false, 'without pg_cron there is nothing to take away again');

select lives_ok($$select crm_account_drop('office', keep_data => false)$$, 'the account goes as well');
select finish();
drop extension pgtap cascade;
drop extension pgcrm;
drop function error_of, webhook, step;
drop procedure ingest, wait_for;
