-- Who may but log in, and make schemas and whatever he likes in public, comes to nothing of the extension's: not by a function
-- or a relation that there is, nor by what he puts up for others to run, nor when EXECUTE was given to all by carelessness.
\ir include/extension.psql
\ir include/calls.psql
select plan(25);

create role tap_login;
create role tap_owner;
select format('grant create on database %I to tap_login', current_database()) \gexec
grant create on schema public to tap_login;
do $$ begin
    perform crm_account_create(account, owner => 'tap_owner') from unnest(array['office', 'other']) account;
    call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)), 'no json']);
    perform crm_refresh();
    perform crm_secret_add('office');
end $$;
select set_eq('select signature from routine', 'select signature from call', 'every function of the extension is tried');

create table attempt as
select account, signature, format(statement, account) as statement from call cross join unnest(array['office', 'other']) account;
create view relation as
select c.oid, c.oid::regclass::text as name, c.relkind
from pg_class c
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relnamespace::regnamespace::text in ('pgcrm', 'office', 'other');
create table verb (statement text);
insert into verb values ('select * from %s'), ('table %s for update'), ('insert into %s default values'), ('delete from %s'), ('truncate %s'), ('lock table %s in access share mode'),
    ('copy %s to stdout'), ('select pg_relation_filepath(%2$L), 1/0'), ('comment on table %s is null'), ('create index on %s ((1))'), ('create statistics public.s on (1), (2) from %s'),
    ('alter table %s disable row level security'), ('create trigger t before insert on %s for each row execute function suppress_redundant_updates_trigger()'),
    ('create rule r as on insert to %s do also nothing'), ('drop table %s'), ('create table public.heir () inherits (%s)'), ('create view public.mine as select * from %s; select * from public.mine'),
    ('create table public.pointer (id bigint references %s)'), ('create publication p for table %s'), ('reindex table %s'), ('cluster %s'), ('refresh materialized view %s'), ('grant select on %s to tap_login');
create table touch as
select r.name, v.statement as verb, format(v.statement, r.name, r.name) as statement from relation r cross join verb v where r.relkind <> 'S'
union all
select r.name, s, format(s, r.name) from relation r cross join unnest(array['select nextval(%L)', 'select setval(%L, 1)', 'select * from %s', 'select pg_sequence_last_value(%L::regclass)', 'alter sequence %s restart']) s
where r.relkind = 'S';
grant select on attempt, touch, body to public;

-- ---------------------------------------------------------------- by himself

set client_min_messages = error;
set role tap_login;
select is_empty($$select signature, statement, taken_back(statement) from public.attempt where taken_back(statement) <> '42501'$$, 'he may call none');
-- what is no table of the kind that the verb is for is said before the right is asked for
select is_empty($$select statement, taken_back(statement) from public.touch where taken_back(statement) not in ('42501', '42809', '22012', '0A000')$$, 'he may touch none');
select is_empty($$select statement from public.touch where verb in ('select * from %s', 'copy %s to stdout', 'delete from %s', 'drop table %s') and taken_back(statement) not in ('42501', '42809', '0A000')$$, 'least of all read');
select is_empty($$select schemaname, tablename from pg_stats where schemaname in ('pgcrm', 'office', 'other')$$, 'the statistics of no table show him its values');
select is(has_schema_privilege('pgcrm', 'usage') or has_schema_privilege('office', 'usage'), false, 'and looks into no schema');
reset role;

-- ---------------------------------------------------------------- what he puts up for others

create table witness (who text);
grant insert on witness to public;
set role tap_login;
create function public.sprung() returns boolean language plpgsql as $$ begin insert into public.witness values (current_user); return true; end $$;
create function public.equals(text, text) returns boolean language sql return public.sprung();
create operator public.= (leftarg = text, rightarg = text, function = public.equals);
create operator public.<> (leftarg = text, rightarg = text, function = public.equals);
create function public.equals(name, text) returns boolean language sql return public.sprung();
create operator public.= (leftarg = name, rightarg = text, function = public.equals);
create function public.equals(boolean, boolean) returns boolean language sql return public.sprung();
create operator public.= (leftarg = boolean, rightarg = boolean, function = public.equals);
create function public.format(text, variadic text[]) returns text language plpgsql as $$ begin perform public.sprung(); return 'select 1'; end $$;
create function public.coalesce(text, text) returns text language plpgsql as $$ begin perform public.sprung(); return $1; end $$;
create function public.concat_ws(text, text, text) returns text language plpgsql as $$ begin perform public.sprung(); return $2; end $$;
create function public.count(text) returns bigint language plpgsql as $$ begin perform public.sprung(); return 1; end $$;
create function public.usable_accounts() returns setof text language plpgsql as $$ begin perform public.sprung(); return; end $$;
create function public.refresh_batch(text) returns text language plpgsql as $$ begin perform public.sprung(); return $1; end $$;
-- what every statement of the extension would find before its own, if names were looked for where the caller says
create temporary table account (account text, source text, time_zone text, layout_version integer, created_at timestamptz);
create temporary table stream (source text, stream text, ordinal integer, mapping jsonb, shipped boolean, revision text);
create temporary table observation (lead_id text);
create temporary table pending (lead_id text);
create schema late;
reset role;
-- In his own session, as a pooler would hand it on to somebody who may do everything.
set search_path = public, pg_temp, pg_catalog;
select crm_ingest('office', webhook(2, 'lead.step.changed', 7, '2026-01-12T09:00:00Z', step(2))::jsonb) is not null as done \gset
call crm_refresh_all();
set search_path = public, pg_catalog;
insert into witness select 'failed: ' || statement || ' ' || state
from (select statement, taken_back(statement) as state from attempt where account operator(pg_catalog.=) 'office' and signature operator(pg_catalog.<>) 'crm_refresh_all()') t
where state operator(pg_catalog.=) any (array['42804', '42725', '42883', 'XX000']) and statement not like '%require_account%';
reset search_path;
select is_empty('select * from witness', 'nothing of it runs, and nothing fails by it');
select throws_ok($$select crm_account_create('late')$$, '42P06', null, 'a schema of his stands in the way of an account, and that is said');
select throws_ok($$select crm_account_adopt('late')$$, '55000', 'schema "late" is no account''s', 'and is none');
select hasnt_table('late', 'observation', 'nothing was put into it');
drop owned by tap_login cascade;
select format('grant create on database %I to tap_login', current_database()) \gexec

-- ---------------------------------------------------------------- with EXECUTE on everything

select format('grant execute on routine %s to public', signature) from routine \gexec
grant usage on schema pgcrm, crm_bi to public;
grant select on all tables in schema crm_bi to public;
grant select on pgcrm.account_status, pgcrm.ingest_progress, pgcrm.rebuild_progress, attempt, body to public;
set role tap_login;
select is_empty($$select signature, statement, taken_back(statement) from public.attempt
                  where position(account in statement) > 0 and signature <> 'pgcrm.refresh_batch(text)' and taken_back(statement) not in ('42501', '42883')
                    and signature <> 'crm_account_create(text,text,text,name,boolean)'$$, 'no account is open to him');
select results_eq($$select outcome, message from pgcrm.refresh_batch('office')$$, $$values ('failed', 'permission denied for account "office"')$$, 'nor can he refresh one');
select is_empty('select account from pgcrm.account_status union all select account from crm_gateway_accounts() union all select account from pgcrm.usable_accounts() union all select account from crm_refresh()', 'or see one');
select is_empty($$select account from crm_bi.funnel_monthly union all select account from crm_bi.lead_current union all select account from crm_bi.sales_funnel_monthly$$, 'in crm_bi neither');

-- An account of his own makes him nobody else.
select lives_ok($$select crm_account_create('mine')$$, 'he may have an account');
select is(taken_back(statement), '42501', statement)
from unnest(array[$$select crm_account_create('mine_2', owner => 'tap_owner')$$, $$select crm_account_alter('mine', owner => 'tap_owner')$$, $$select crm_account_alter('mine', owner => session_user)$$,
                  $$select crm_account_adopt('office')$$, $$select crm_account_drop('other', keep_data => false)$$, $$select crm_ingest_table('mine', 'office.lead_created')$$]) statement;
select is(taken_back($$select crm_account_create('pgcrm')$$), '42939', 'or make one of a name that is taken');
-- His tables in the place of those that the extension made for it.
alter table mine.account rename to account_before;
create view mine.account as select 'office'::text as account, 'nocrm' as source, 'UTC' as time_zone, 4 as layout_version where public.taken_back('insert into public.witness values (current_user)') = 'done';
reset role;
select is((select string_agg(account || ' ' || outcome, ', ' order by account) from crm_refresh()), 'mine failed, office refreshed, other refreshed', 'a view in the place of his own row is none');
select is_empty('select * from witness', 'and is not read');

select crm_account_drop('mine', false), crm_account_drop('office', false), crm_account_drop('other', false);
drop owned by tap_login, tap_owner cascade;
drop role tap_login, tap_owner;
select is(to_regrole('tap_login'), null, 'nothing is left of him');
select finish();
