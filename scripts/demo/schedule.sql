-- From now on pg_cron refreshes all accounts at every full minute.
select crm_schedule();
