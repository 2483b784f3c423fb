-- Who may read one account reads that one, without its secrets, and changes nothing anywhere: not by a function or a relation
-- that there is, nor by what the server tells of tables that he may not read.
\ir include/extension.psql
\ir include/calls.psql
select plan(17);

create role tap_owner;
create role tap_reader;
create role tap_readers;
grant create on schema public to tap_reader;
do $$
declare
    account text;
begin
    foreach account in array array['office', 'other'] loop
        perform crm_account_create(account, owner => 'tap_owner');
        call ingest(account, array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1) || '{"title": "nobody else''s"}'), webhook(2, 'lead.cloned', 7, '2026-01-10T09:00:00Z'), 'no json']);
        perform crm_secret_add(account);
    end loop;
    perform crm_refresh();
    perform crm_grant('office', 'tap_readers', 'read');
end $$;
grant tap_readers to tap_reader; -- by membership, as most have it
analyze;
select set_eq('select signature from routine', 'select signature from call', 'every function of the extension is tried');

create table attempt as
select account, signature, format(statement, account) as statement from call cross join unnest(array['office', 'other']) account;
create view relation as
select c.oid, c.oid::regclass::text as name, c.relkind
from pg_class c
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relnamespace::regnamespace::text in ('pgcrm', 'crm_bi', 'office', 'other');
grant select on attempt, relation, body to tap_reader;
select format('grant execute on routine %s to tap_reader', signature) from routine \gexec
set client_min_messages = error;
set role tap_reader;

-- ---------------------------------------------------------------- functions and relations

select set_eq($$select account, signature from public.attempt
                where position(account in statement) > 0 and signature not in ('pgcrm.refresh_batch(text)', 'crm_account_create(text,text,text,name,boolean)') and taken_back(statement) = 'done'$$,
              $$select 'office', unnest(array['crm_funnel(text,text,date,date)', 'crm_quarantine(text,text,bigint)', 'crm_reported_at(text,text,timestamp with time zone)', 'crm_verify(text)', 'pgcrm.reported_at(text,text,timestamp with time zone)'])$$,
              'he reads his account by what is for readers, and that is all');
select set_eq($$select name from public.relation where taken_back(format('select * from %s', name)) = 'done'$$,
              $$select name from public.relation where (name ~ '^office\.' and relkind = 'r' and name <> 'office.secret') or name ~ '^crm_bi\.' or name = 'pgcrm.account_status'$$,
              'and its tables but one');
select is_empty($$select format(verb, name, name) from public.relation cross join unnest(array['table %s for update', 'table %s for key share', 'insert into %s default values', 'delete from %s where false', 'truncate %s',
                      'lock table %s in row share mode', 'lock table %s in share mode', 'lock table %s', 'comment on table %s is null', 'create index on %s ((1))', 'create statistics public.s on (1), (2) from %s',
                      'alter table %s disable row level security', 'create trigger t before insert on %s for each row execute function suppress_redundant_updates_trigger()', 'create rule r as on insert to %s do also nothing',
                      'drop table %s', 'create table public.heir () inherits (%s)', 'create table public.pointer (account text references %s)', 'reindex table %s', 'cluster %s',
                      'copy %s from program ''true''', 'create publication p for table %s', 'select setval(%2$L, 1)', 'select nextval(%2$L)']) verb
                  where relkind <> 'v' and taken_back(format(verb, name, name)) = 'done'$$, 'he changes none, and locks none against anybody');
select is_empty($$select account from pgcrm.account_status where account <> 'office' union all select account from crm_bi.lead_current where account <> 'office'
                  union all select account from crm_bi.funnel_monthly where account <> 'office'$$, 'what is over all accounts shows him his');
select is((select count(*) from crm_bi.lead_current), 1::bigint, 'which is there');

-- ---------------------------------------------------------------- what the server tells

select is_empty($$select schemaname, tablename, attname from pg_stats where schemaname = 'other' or tablename = 'secret'$$, 'no values by statistics');
select is_empty($$select table_name from information_schema.columns where table_schema = 'other' or table_name = 'secret'$$, 'nor columns');
select is_empty($$select query from pg_stat_activity where usename <> current_user and query <> '<insufficient privilege>'$$, 'nor what others do');

-- A view, a function and a cursor of his own do not read as anybody else.
select is(taken_back('create view public.mine_too as select digest from office.secret; table public.mine_too'), '42501', 'a view of his reads as himself');
reset role;
-- Predicates of his see no row that is not his to see.
create table seen (what text);
grant insert on seen to tap_reader;
set role tap_reader;
create function public.leaks(anything text) returns boolean language plpgsql cost 0.0000001 as $$ begin insert into public.seen values (anything); return true; end $$;
select is((select count(*) from crm_bi.lead_current l where public.leaks(l.account || ' ' || l.lead_id)), 1::bigint, 'a condition of his is asked');
select is((select count(*) from pgcrm.account_status s where public.leaks(s.account)), 1::bigint, 'of what is his');
reset role;
select is_empty($$select what from seen where what like 'other%'$$, 'and of nothing else');

-- ---------------------------------------------------------------- and no longer

select crm_revoke('office', 'tap_readers', 'read');
set role tap_reader;
select is_empty($$select signature from public.attempt where position(account in statement) > 0 and signature not in ('pgcrm.refresh_batch(text)', 'crm_account_create(text,text,text,name,boolean)') and taken_back(statement) = 'done'$$,
                'when the right is taken back there is nothing left to call');
select is_empty($$select name from public.relation where name ~ '^(office|other)\.' and taken_back(format('select * from %s', name)) = 'done'$$, 'nor to read');
select is_empty($$select account from pgcrm.account_status union all select account from crm_bi.lead_current$$, 'nor in what is over all accounts');
reset role;

select crm_account_drop('office', false), crm_account_drop('other', false);
drop owned by tap_owner, tap_reader, tap_readers cascade;
drop role tap_owner, tap_reader, tap_readers;
select is(to_regrole('tap_reader'), null, 'nothing is left of him');
select finish();
