-- crm_ingest_table takes all bodies of a table in one transaction, and what goes wrong on the way leaves nothing.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office_a');

create table as_text as select webhook(n, 'lead.creation', n % 100, timestamptz '2024-01-01 10:00Z' + n % 28 * interval '1 day', step(201, 'Incoming')) as body
from generate_series(1, 3000) n;
create table as_jsonb as select body::jsonb from as_text;
create view as_bytea as select convert_to(body, 'UTF8') as body from as_text union all select null union all select '\xff' union all select '{"webhook_event":{"event":"task.created","id":1}}';

select * from crm_ingest_table('office_a', 'as_text');
select * from crm_ingest_table('office_a', 'as_jsonb');
select * from crm_ingest_table('office_a', 'as_bytea');
select count(*) from office_a.lead_created;
select times, problems from office_a.quarantine order by problems;

-- What it cannot read is said.
create table two_columns (a text, b text);
create table of_numbers (a integer);
select * from crm_ingest_table('office_a', 'two_columns');
select * from crm_ingest_table('office_a', 'of_numbers');
select * from crm_ingest_table('office_a', 'office_a.lead_created_is_unique');
\echo :SQLSTATE

-- An error near the end takes back everything; so does a cancel.
select crm_account_create('office_b');
create view breaks_late as select case when n < 2900 then body else (1 / (n - n))::text end as body
from (select body, row_number() over () as n from as_text) t;
select * from crm_ingest_table('office_b', 'breaks_late');
create view too_slow as select case when n < 2900 then body else pg_sleep(60)::text end as body
from (select body, row_number() over () as n from as_text) t;
set statement_timeout = '2s';
select * from crm_ingest_table('office_b', 'too_slow');
reset statement_timeout;
select (select count(*) from office_b.lead_created) as events, (select count(*) from office_b.observation) as observations,
       (select count(*) from office_b.pending) as pending, (select count(*) from office_b.quarantine) as quarantined;

-- While it runs its progress can be seen: here by the relation itself, near its end.
create view sees_progress as select case when n < 2900 then body else
    (select '{"seen": ' || (p.bodies_processed between 100 and 2900 and p.bytes_processed > 10000 and p.relation::text = 'public.sees_progress')::text || '}'
     from pgcrm.ingest_progress p) end as body
from (select body, row_number() over () as n from as_text) t;
select quarantined from crm_ingest_table('office_b', 'sees_progress');
select convert_from(body, 'UTF8'), times from office_b.quarantine;
select * from pgcrm.ingest_progress;

-- Who may ingest sees how far the loads are of whom he has the rights, and no others.
create role watcher;
select crm_grant('office_b', 'watcher', 'ingest');
create function watched() returns bigint security definer language sql as $$ select count(*) from pgcrm.ingest_progress $$;
alter function watched() owner to watcher;
create view watches as select format('{"watched by a stranger": %s}', watched()) as body;
select quarantined from crm_ingest_table('office_b', 'watches');
do $$ begin execute format('grant %I to watcher', current_user); end $$;
create or replace view watches as select format('{"watched by a member": %s}', watched()) as body;
select quarantined from crm_ingest_table('office_b', 'watches');
select convert_from(body, 'UTF8') from office_b.quarantine where body like '%watched%' order by 1;

-- The relation is read with the caller's own rights.
create role loader;
grant usage on schema pgcrm to loader;
grant execute on function crm_account_create(text, text, text, name, boolean), crm_ingest_table(text, regclass) to loader;
select format('grant create on database %I to loader', current_database()) \gexec
set role loader;
select crm_account_create('office_c');
select * from crm_ingest_table('office_c', 'as_text');
reset role;
select * from crm_refresh('office_a');
select * from crm_verify('office_a');
select crm_account_drop('office_c', keep_data => false);
select crm_account_drop('office_a', false), crm_account_drop('office_b', false);
drop function webhook, step;
drop view as_bytea, breaks_late, too_slow, sees_progress, watches;
drop function watched;
drop table as_text, as_jsonb, two_columns, of_numbers;
do $$ begin execute format('revoke %I from watcher', current_user); end $$;
drop owned by loader, watcher;
drop role loader, watcher;
