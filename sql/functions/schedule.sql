-- The schedule: one pg_cron job that refreshes all accounts.

create or replace function pgcrm.require_pg_cron()
returns void
language plpgsql stable parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    cron_database text := current_setting('cron.database_name', true);
begin
    if coalesce(current_setting('shared_preload_libraries', true), '') !~ '(^|[ ,"/])pg_cron($|[ ,"])' then
        raise exception 'pg_cron is not loaded'
            using errcode = 'object_not_in_prerequisite_state',
                  detail = 'pg_cron runs its jobs from a background worker that the server starts.',
                  hint = format('Install pg_cron, write shared_preload_libraries = ''pg_cron'', cron.database_name = %L and cron.use_background_workers = on into postgresql.conf, and restart the server.', current_database());
    end if;
    if cron_database is distinct from current_database()::text then
        raise exception 'pg_cron keeps its jobs in database "%", not in "%"', cron_database, current_database()
            using errcode = 'object_not_in_prerequisite_state',
                  hint = format('Write cron.database_name = %L into postgresql.conf and restart the server, or schedule CALL @extschema@.crm_refresh_all() there with cron.schedule_in_database.', current_database());
    end if;
    if not exists (select from pg_extension where extname = 'pg_cron') then
        raise exception 'extension "pg_cron" is not installed in database "%"', current_database()
            using errcode = 'undefined_object',
                  hint = 'Run CREATE EXTENSION pg_cron.';
    end if;
end
$$;
comment on function pgcrm.require_pg_cron() is
    'Raises an error that says what to write into postgresql.conf unless pg_cron can run jobs in this database';

-- The job's command, with the schema that the extension was installed into.
create or replace function pgcrm.refresh_command()
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
return pg_catalog.format('CALL %I.crm_refresh_all()', '@extschema@');
comment on function pgcrm.refresh_command() is 'The statement that pg_cron runs';

create or replace function @extschema@.crm_schedule(schedule text default '* * * * *')
returns bigint
language plpgsql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    failure text;
begin
    perform pgcrm.require_pg_cron();
    execute $query$
        select d.return_message
        from cron.job j
        join cron.job_run_details d using (jobid)
        where j.jobname = 'pgcrm refresh' and d.status = 'failed' and d.return_message like '%connection failed%'
          and d.start_time > now() - interval '10 minutes'
          and not exists (select from cron.job_run_details s
                          where s.jobid = d.jobid and s.status = 'succeeded' and s.start_time >= d.start_time)
        order by d.start_time desc
        limit 1
    $query$ into failure;
    if failure is not null and current_setting('cron.use_background_workers', true) is distinct from 'on' then
        raise exception 'pg_cron cannot connect to the server to run the refresh'
            using errcode = 'object_not_in_prerequisite_state',
                  detail = format('Its last run said: %s', failure),
                  hint = 'Write cron.use_background_workers = on into postgresql.conf and restart the server, or let the job''s user connect from cron.host by pg_hba.conf.';
    end if;
    return (select * from pgcrm.schedule_job(schedule));
end
$$;
comment on function @extschema@.crm_schedule(text) is
    'Lets pg_cron refresh all accounts, every minute by default; returns the number of the job. Calling it again changes the schedule';

create or replace function pgcrm.schedule_job(schedule text)
returns bigint
language plpgsql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    job bigint;
begin
    execute 'select cron.schedule($1, $2, $3)' into job using 'pgcrm refresh', schedule, pgcrm.refresh_command();
    return job;
exception
    -- pg_cron says no more than "invalid schedule", as an internal error.
    when internal_error or invalid_parameter_value then
        raise exception 'invalid schedule "%"', schedule
            using errcode = 'invalid_parameter_value',
                  detail = sqlerrm,
                  hint = 'Write five fields (minute, hour, day of the month, month, day of the week), such as */5 * * * *.';
end
$$;
comment on function pgcrm.schedule_job(text) is 'Hands the refresh to pg_cron under the job name "pgcrm refresh"';

create or replace function @extschema@.crm_unschedule()
returns boolean
language plpgsql volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    job bigint;
begin
    if to_regclass('cron.job') is null then
        return false;
    end if;
    execute 'select jobid from cron.job where jobname = $1 and username = current_user' into job using 'pgcrm refresh';
    if job is null then
        return false;
    end if;
    execute 'select cron.unschedule($1)' using job;
    return true;
end
$$;
comment on function @extschema@.crm_unschedule() is
    'Takes the caller''s refresh job away from pg_cron; false when there was none';
