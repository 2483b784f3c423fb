-- Each mistake has its SQLSTATE, what was expected, and a hint that says what to do.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
\set SHOW_CONTEXT never

select crm_account_create('Office');
\echo :SQLSTATE
select crm_account_create('public');
\echo :SQLSTATE
select crm_account_create('pg_office');
\echo :SQLSTATE
select crm_account_create('office', source => 'abacus');
\echo :SQLSTATE
select crm_account_create('office', time_zone => 'CET');
\echo :SQLSTATE
select crm_account_create('office', time_zone => 'Mars/Olympus');
\echo :SQLSTATE
create schema office;
select crm_account_create('office');
\echo :SQLSTATE
drop schema office;

select crm_account_create('office');
\echo :SQLSTATE
select crm_account_create('office');
\echo :SQLSTATE
select crm_account_create('office', time_zone => 'Europe/Paris');
\echo :SQLSTATE

select crm_ingest('office_b', '{}');
\echo :SQLSTATE
select crm_ingest_batch('office', array[['{}', '{}'], ['{}', '{}']]);
\echo :SQLSTATE
select crm_refresh('office_b');
\echo :SQLSTATE
select crm_rebuild('office_b');
\echo :SQLSTATE
select * from crm_verify('office_b');
\echo :SQLSTATE
select * from crm_funnel('office_b');
\echo :SQLSTATE
select crm_account_drop('office_b');
\echo :SQLSTATE

begin isolation level repeatable read;
select crm_refresh();
\echo :SQLSTATE
rollback;
begin isolation level serializable;
select crm_rebuild('office');
\echo :SQLSTATE
rollback;

-- A right that is taken back and held in another way.
create role regress_reader;
select crm_grant('office', 'regress_reader', 'write');
\echo :SQLSTATE
select crm_grant('office', 'regress_nobody', 'read');
\echo :SQLSTATE
select crm_grant('office', 'public', 'read');
\echo :SQLSTATE
do $$ begin perform crm_grant('office', 'regress_reader', 'read'), crm_revoke('office', 'regress_reader', 'read'); end $$;
alter role regress_reader superuser;
do $$ begin perform crm_revoke('office', 'regress_reader', 'read'); end $$;
alter role regress_reader nosuperuser;
drop owned by regress_reader;
drop role regress_reader;

-- A schema that another version made, one without its own row, and one that is gone.
update office.account set layout_version = 99;
select crm_ingest('office', '{}');
\echo :SQLSTATE
select crm_refresh('office');
\echo :SQLSTATE
select outcome, message from crm_refresh();
delete from office.account;
select crm_ingest('office', '{}');
\echo :SQLSTATE
drop schema office cascade;
select crm_ingest('office', '{}');
\echo :SQLSTATE
select crm_account_drop('office');
\echo :SQLSTATE

\set VERBOSITY sqlstate
set pgcrm.refresh_batch = 0;
\echo :SQLSTATE
set pgcrm.no_such_setting = 1;
\echo :SQLSTATE
\set VERBOSITY default

drop function webhook, step;
