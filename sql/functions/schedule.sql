-- The schedule: one pg_cron job that refreshes all accounts.

create or replace function @extschema@.crm_schedule(schedule text default '* * * * *')
returns bigint
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_schedule';
comment on function @extschema@.crm_schedule(text) is
    'Lets pg_cron refresh all accounts, every minute by default; returns the number of the job, which is the one of this database and belongs to the extension''s owner. Calling it again, whoever does, changes the schedule';

create or replace function @extschema@.crm_unschedule()
returns boolean
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_unschedule';
comment on function @extschema@.crm_unschedule() is
    'Takes the refresh of this database away from pg_cron, whoever had scheduled it; false when it was not scheduled';
