-- Rights on an account are access lists in its schema: given twice they are the same, they follow a
-- renamed role, hold up DROP ROLE, survive dump, restore and a new owner, and are gone when taken back.
\ir include/extension.psql
select plan(47);

create procedure drop_roles()
language plpgsql as $$
declare
    role text;
begin
    foreach role in array array['tap_gateway', 'tap_reader', 'tap_manager', 'tap Reader "2"', 'tap_owner', 'tap_next_owner'] loop
        if to_regrole(quote_ident(role)) is not null then
            execute format('drop owned by %1$I cascade; drop role %1$I', role);
        end if;
    end loop;
end
$$;
call drop_roles();
create role tap_owner;
create role tap_next_owner;
create role tap_gateway;
create role tap_reader;
create role tap_manager role tap_reader;

select crm_account_create('office', owner => 'tap_owner');

-- All access lists of an account.
create view access as
select n.nspname::text as name, n.nspacl::text as list from pg_namespace n where n.nspname = 'office'
union all
select c.oid::regclass::text, c.relacl::text from pg_class c where c.relnamespace = 'office'::regnamespace and c.relkind in ('r', 'S')
union all
select 'later tables', array_agg(d.defaclacl::text order by d.defaclrole)::text
from pg_default_acl d where d.defaclnamespace = 'office'::regnamespace;
create table nothing_granted as table access;
create view opens as select ingest.is as ingest, read.is as read from
    (select error_of($$select crm_ingest('office', '{}')$$) is null as is) ingest,
    (select error_of($$select crm_funnel('office')$$) is null and error_of($$select count(*) from office.stage_history$$) is null
        and error_of($$select count(*) from crm_bi.funnel_monthly$$) is null as is) read;
grant select on opens to public;

-- ---------------------------------------------------------------- what is asked for

select is(error_of($$select crm_grant('nobody', 'tap_reader', 'read')$$), '42704 | account "nobody" does not exist | Make it with crm_account_create.', 'an unknown account');
select is(error_of($$select crm_grant('office', 'tap_nobody', 'read')$$), '42704 | role "tap_nobody" does not exist | Make it with CREATE ROLE.', 'an unknown role');
select is(error_of($$select crm_grant('office', 'public', 'read')$$), '42704 | role "public" does not exist | Rights are given to roles one by one, not to PUBLIC.', 'PUBLIC is no role');
select is(error_of($$select crm_grant('office', 'tap_reader', 'write')$$), '22023 | unknown privilege "write" | Use ingest or read.', 'an unknown privilege');
select throws_ok(format('select crm_revoke(''office'', %L, %L)', role, privilege), state, null, 'nor can they be taken back')
from (values ('tap_nobody', 'read', '42704'), ('public', 'ingest', '42704'), ('tap_reader', 'write', '22023')) t(role, privilege, state);
select set_eq('table access', 'table nothing_granted', 'nothing was granted');

-- ---------------------------------------------------------------- given

set role tap_reader;
select is(error_of($$select crm_funnel('office')$$), '42501 | permission denied for function crm_funnel', 'a stranger has no function');
reset role;
grant execute on function crm_funnel(text, text, date, date), crm_ingest(text, jsonb) to tap_reader;
set role tap_reader;
select is(error_of($$select crm_funnel('office')$$),
          '42501 | permission denied for account "office" | Its owner can give the right: select crm_grant(''office'', ''tap_reader'', ''read'').', 'with the function he hears whom to ask');
select is(error_of($$select crm_ingest('office', '{}')$$),
          '42501 | permission denied for account "office" | Its owner can give the right: select crm_grant(''office'', ''tap_reader'', ''ingest'').', 'for each right');
reset role;
revoke execute on function crm_funnel(text, text, date, date), crm_ingest(text, jsonb) from tap_reader;

grant execute on function crm_grant(text, name, text) to tap_owner, tap_gateway;
set role tap_owner;
select lives_ok($$select crm_grant('office', 'tap_reader', 'read')$$, 'the owner, who is nobody else, grants');
select lives_ok($$select crm_grant('office', 'tap_gateway', 'ingest')$$, 'both rights');
reset role;
create table granted as table access;
select lives_ok($$select crm_grant('office', 'tap_reader', 'read'), crm_grant('office', 'tap_gateway', 'ingest'), crm_grant('office', 'tap_owner', 'read')$$,
                'again, and to the owner');
select set_eq('table access', 'table granted', 'nothing changes');
select throws_ok($$set role tap_gateway; select crm_grant('office', 'tap_gateway', 'read')$$, '42501', null, 'who was granted a right grants none');
reset role;

set role tap_gateway;
select is((select opens from opens), row(true, false)::opens, 'ingest opens ingest');
set role tap_reader;
select is((select opens from opens), row(false, true)::opens, 'read opens reading');
set role tap_owner;
create table office.note (body text);
set role tap_reader;
select lives_ok('select * from office.note', 'also of a table that the owner has made since');
reset role;
select lives_ok($$select crm_revoke('office', 'tap_reader', 'read'); select crm_grant('office', 'tap_manager', 'read')$$, 'given to a role instead');
set role tap_reader;
select is((select opens from opens), row(false, true)::opens, 'it opens the account to its members');
reset role;

-- ---------------------------------------------------------------- roles come and go

alter role tap_manager rename to "tap Reader ""2""";
set role "tap Reader ""2""";
select is((select opens from opens), row(false, true)::opens, 'a renamed role keeps its right');
reset role;
select throws_ok('drop role tap_gateway', '2BP01', null, 'a role with a right is not dropped unnoticed');

-- ---------------------------------------------------------------- crm_bi, where nothing is granted

select crm_ingest('office', webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))::jsonb), crm_refresh('office');
set role tap_reader;
select results_eq('select account from crm_bi.lead_current', array['office'], 'crm_bi shows an account to who may read it');
set role tap_gateway;
select is_empty('select account from crm_bi.lead_current', 'and to nobody else');
reset role;
select is_empty($$select c.oid::regclass from pg_class c cross join aclexplode(c.relacl) a
                  where c.relnamespace = 'crm_bi'::regnamespace and a.grantee not in (0, c.relowner)$$, 'what everybody may select from is granted to nobody');
select throws_ok('drop schema crm_bi cascade', '2BP01', 'cannot drop schema crm_bi because extension pgcrm requires it', 'it is the extension''s');
select lives_ok($$select crm_grant('office', 'tap_reader', 'read')$$, 'the right is given in the account');
-- it warns that he has the right from the other role
set client_min_messages = error;
select crm_revoke('office', 'tap_reader', 'read');
set client_min_messages = warning;

-- ---------------------------------------------------------------- another owner

create table before_owner as select name, replace(list, 'tap_owner', 'tap_next_owner') as list from access;
select lives_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, 'another owner');
select set_eq('table access', 'table before_owner', 'has the same lists');
set role tap_next_owner;
create table office.further (body text);
set role tap_reader;
select lives_ok('select * from office.further', 'and so have the tables that he makes');
set role tap_gateway;
select is((select opens from opens), row(true, false)::opens, 'the gateway works on');
reset role;

-- ---------------------------------------------------------------- dumped and restored

\setenv PGHOST :HOST
\setenv PGPORT :PORT
\setenv PGUSER :USER
\setenv PGDATABASE :DBNAME
-- newer versions of pg_dump begin with \restrict, which a variable cannot run
\set dump `pg_dump --inserts --schema=office | grep -v '^\\'`
create table before_dump as table access;
drop view access;
select crm_account_drop('office', keep_data => false);
drop extension pgcrm cascade;
:dump
set search_path = public;
set client_min_messages = warning;
create extension pgcrm;
select lives_ok($$select crm_account_adopt('office')$$, 'an account that was dumped alone is restored into a new extension');
create view access as
select n.nspname::text as name, n.nspacl::text as list from pg_namespace n where n.nspname = 'office'
union all
select c.oid::regclass::text, c.relacl::text from pg_class c where c.relnamespace = 'office'::regnamespace and c.relkind in ('r', 'S')
union all
select 'later tables', array_agg(d.defaclacl::text order by d.defaclrole)::text
from pg_default_acl d where d.defaclnamespace = 'office'::regnamespace;
select set_eq('table access', 'table before_dump', 'with the same lists');
set role tap_gateway;
select is((select opens from opens), row(true, false)::opens, 'the gateway works on');
set role tap_reader;
select is((select opens from opens), row(false, true)::opens, 'and so does the reader');
reset role;
alter schema office rename to branch;
delete from pgcrm.account;
select lives_ok($$select crm_account_adopt('branch')$$, 'a schema with another name is adopted under that');
select is((select account from pgcrm.account_status), 'branch', 'and the status knows it');
select crm_account_drop('branch');
alter schema branch rename to office;
select crm_account_adopt('office');

-- ---------------------------------------------------------------- a function that came with an update

revoke execute on function crm_reported_at(text, text, timestamptz) from "tap Reader ""2""";
select is(has_function_privilege('tap Reader "2"', 'crm_reported_at(text, text, timestamptz)', 'execute'), false, 'a new function is nobody''s');
select lives_ok($$select crm_account_upgrade('office')$$, 'the account is brought up to date');
select is(has_function_privilege('tap Reader "2"', 'crm_reported_at(text, text, timestamptz)', 'execute'), true, 'its readers have it then');

-- ---------------------------------------------------------------- taken back

select lives_ok($$select crm_revoke('office', 'tap Reader "2"', 'read'), crm_revoke('office', 'tap_gateway', 'ingest')$$, 'rights are taken back');
select is_empty($$select * from access where list ~ '(tap_gateway|tap Reader)'$$, 'no list knows the roles');
set role tap_gateway;
select is((select opens from opens), row(false, false)::opens, 'the gateway is out');
set role tap_reader;
select is((select opens from opens), row(false, false)::opens, 'the reader is out');
reset role;
set client_min_messages = error;
select lives_ok($$select crm_revoke('office', 'tap_reader', 'read'), crm_revoke('office', 'tap_next_owner', 'read')$$, 'what nobody has is taken back in peace');

do $$ begin perform crm_account_drop('office', false); end $$;
drop view opens;
call drop_roles();
select is(to_regrole('tap_reader'), null, 'nothing is left of the roles');
select finish();
