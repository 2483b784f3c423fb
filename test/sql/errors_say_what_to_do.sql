-- Each mistake has its SQLSTATE, what was expected, and a hint that says what to do.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
\set VERBOSITY verbose
\set SHOW_CONTEXT never

select crm_account_create('Office');
select crm_account_create('public');
select crm_account_create('pg_office');
select crm_account_create('office', source => 'abacus');
select crm_account_create('office', time_zone => 'CET');
select crm_account_create('office', time_zone => 'Mars/Olympus');
create schema office;
select crm_account_create('office');
drop schema office;

select crm_account_create('office');
select crm_account_create('office');
select crm_account_create('office', time_zone => 'Europe/Paris');

select crm_ingest('office_b', '{}');
select crm_ingest_batch('office', array[['{}', '{}'], ['{}', '{}']]);
select crm_refresh('office_b');
select crm_rebuild('office_b');
select * from crm_verify('office_b');
select * from crm_funnel('office_b');
select crm_account_drop('office_b');

begin isolation level repeatable read;
select crm_refresh();
rollback;
begin isolation level serializable;
select crm_rebuild('office');
rollback;

-- A schema that another version made, one without its own row, and one that is gone.
update office.account set layout_version = 99;
select crm_ingest('office', '{}');
select crm_refresh('office');
select outcome, message from crm_refresh();
delete from office.account;
select crm_ingest('office', '{}');
drop schema office cascade;
select crm_ingest('office', '{}');
select crm_account_drop('office');

set pgcrm.refresh_batch = 0;
set pgcrm.no_such_setting = 1;

drop function webhook, step;
