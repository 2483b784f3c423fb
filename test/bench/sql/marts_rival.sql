-- The stays and marts of an account as plain SQL makes them: by the rules of crm_verify over all observations, deleted and written
-- again in one transaction, into tables like the account's own in schema rival. The marts count what is written by then.
-- Prints seconds|seconds on a core|bytes of WAL|stays. psql variables: account, and those of rival_sql.
set client_min_messages = warning;
set search_path = rival, :"account", public;
-- More would not save it a pass over its files.
set work_mem = '256MB';
select pg_current_wal_insert_lsn() as started_lsn, rig.core_seconds() as started_cpu, clock_timestamp() as started_at \gset

begin;
select format('delete from %I', relation) from string_to_table(:'written', ' ') relation \gexec
select format('with recursive %s,
               stays as (insert into stage_history select * from expected_stage_history)
               insert into lead_current select * from expected_lead_current', :'rules') \gexec
select format('with recursive %s, %s select', :'rules_of_marts',
              string_agg(format('written_%1$s as (insert into %1$I select * from expected_%1$I)', relation), ', '))
from string_to_table(:'written', ' ') relation
where relation not in ('stage_history', 'lead_current') \gexec
commit;
select extract(epoch from clock_timestamp() - :'started_at'), rig.core_seconds() - :started_cpu,
       pg_current_wal_insert_lsn() - :'started_lsn', (select count(*) from stage_history);
