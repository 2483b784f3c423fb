-- An account is made for another owner, changed, dropped and adopted by those who may, with or without
-- views of older names, whatever it is called.
\ir include/extension.psql
select plan(82);

create procedure drop_roles()
language plpgsql as $$
declare
    role text;
begin
    foreach role in array array['tap_operator', 'tap_owner', 'tap_next_owner', 'tap_stranger'] loop
        if to_regrole(role) is not null then
            execute format('drop owned by %1$I cascade; drop role %1$I', role);
        end if;
    end loop;
end
$$;
call drop_roles();
create role tap_owner;
create role tap_next_owner;
create role tap_stranger;
create role tap_operator in role tap_owner;
revoke create on schema public from public;
grant execute on all functions in schema public to tap_operator, tap_stranger;

create view owners as
select (select n.nspname from pg_namespace n where n.oid = c.relnamespace)::text as schema, c.relname::text collate "default" as relation, c.relowner::regrole::text as owner
from pg_class c where c.relkind in ('r', 'v', 'S')
union all
select nspname, null, nspowner::regrole::text from pg_namespace;
create view compatible as
select c.relname::text collate "default" as name, c.relowner::regrole::text as owner from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.relname ~ '^(office|order|select|user|of)_';

-- ---------------------------------------------------------------- made for another owner

set role tap_operator;
select is(error_of($$select crm_account_create('office')$$),
          format('42501 | permission denied for database "%1$s" | Let an administrator run: GRANT CREATE ON DATABASE "%1$s" TO "tap_operator".', current_database()),
          'who may make no schema makes no account');
reset role;
select format('grant create on database %I to tap_operator', current_database()) \gexec
set role tap_operator;
select is(error_of($$select crm_account_create('office', owner => 'tap_next_owner')$$),
          '42501 | must have the rights of role "tap_next_owner" | Let an administrator run: GRANT "tap_next_owner" TO "tap_operator".', 'nobody makes one for whom he cannot act as');
select is(error_of($$select crm_account_create('office', owner => 'tap_nobody')$$), '42704 | role "tap_nobody" does not exist | Make it with CREATE ROLE.', 'nor for nobody');
select throws_ok(format('select crm_account_create(%s)', arguments), '22004', null, 'no null: ' || arguments)
from unnest(array['null', $$'office', null$$, $$'office', time_zone => null$$, $$'office', compatible_views => null$$]) arguments;
select lives_ok($$select crm_account_create('office', owner => 'tap_owner')$$, 'an operator makes an account for a role that he is a member of');
reset role;
select set_eq($$select distinct owner from owners where schema = 'office'$$, array['tap_owner'], 'who owns all of it');
select is((select count(*) from owners where schema = 'office'), 30::bigint, 'schema, tables and sequences');
select is(has_database_privilege('tap_owner', current_database(), 'create'), false, 'and needs no right to make schemas himself');
set role tap_operator;
select lives_ok($$select crm_account_create('office', owner => 'tap_owner')$$, 'the same again: nothing happens');
select throws_ok($$select crm_account_create('office')$$, '42710', 'account "office" already exists with other settings', 'not with another owner');
select throws_ok($$select crm_account_create('office', owner => 'tap_owner', compatible_views => true)$$, '42710', null, 'nor with views');
select lives_ok($$do $do$ begin
    perform crm_ingest('office', webhook(1, 'lead.creation', 7, '2026-01-31T23:30:00Z', step(1))::jsonb);
    perform crm_refresh('office');
end $do$ $$, 'the operator works with it');
reset role;

-- ---------------------------------------------------------------- compatible views

set role tap_operator;
select is(error_of($$select crm_account_alter('office', compatible_views => true)$$),
          '42501 | permission denied for schema public | Let him: GRANT CREATE ON SCHEMA public TO "tap_owner".', 'the owner needs to create in public');
reset role;
grant create on schema public to tap_owner, tap_next_owner;
create view office_step_changed as select 1 as one;
select is(error_of($$select crm_account_alter('office', compatible_views => true)$$),
          '42P07 | relation "public.office_step_changed" already exists | Rename or drop it, or go without compatible views.', 'a name in use is left alone');
select results_eq('select name from compatible', array['office_step_changed'], 'and nothing is made by half');
drop view office_step_changed;
set role tap_owner;
create view public.office_step_changed as select * from office.step_changed;
reset role;
select throws_ok($$select crm_account_alter('office', compatible_views => true)$$, '42P07', null, 'also one that the owner has made himself');
drop view office_step_changed;
set role tap_operator;
select lives_ok($$select crm_account_alter('office', compatible_views => true)$$, 'then they are made');
reset role;
create table for_each_stream as
select account || '_' || stream as name from unnest(array['office', 'of']) account, 
    unnest(array['lead_created', 'step_changed', 'lead_changed', 'lead_deleted', 'client_folder_created', 'stage_defined', 'lead_snapshot',
                 'action_history']) stream;
select set_eq('select name, owner from compatible', $$select name, 'tap_owner' from for_each_stream where name ~ '^office_'$$, 'one for each stream, the owner''s');
select is_empty($$select name from compatible where obj_description(name::regclass, 'pg_class') is null$$, 'with comments');
select results_eq('select * from office_lead_created', 'select * from office.lead_created', 'that shows all columns of its table');
select lives_ok($$select crm_account_create('office', owner => 'tap_owner', compatible_views => true)$$, 'the account has them now');
select throws_ok($$select crm_account_create('office', owner => 'tap_owner')$$, '42710', null, 'which is another setting');
set role tap_owner;
drop view public.office_lead_deleted;
alter table office.lead_changed add column note text;
reset role;
select lives_ok($$select crm_account_alter('office', compatible_views => true)$$, 'called again');
select has_view('office_lead_deleted', 'it makes what is missing');
select has_column('office_lead_changed', 'note', 'and adds columns that came since');
-- one account's name may begin another's
select lives_ok($$select crm_account_create('of', owner => 'tap_owner', compatible_views => true)$$, 'another account with a shorter name');
select lives_ok($$select crm_account_alter('of', compatible_views => false)$$, 'goes without them');
select set_eq('select name from compatible', $$select name from for_each_stream where name ~ '^office_'$$, 'and takes nobody else''s away');

-- ---------------------------------------------------------------- changed

select results_eq('select month from crm_funnel(''office'')', array['2026-01-01'::date], 'by UTC the lead came in January');
select lives_ok($$select crm_account_alter('office', time_zone => 'Europe/Rome')$$, 'another zone');
select lives_ok($$select crm_refresh('office')$$, 'from the next refresh on');
select results_eq('select month from crm_funnel(''office'')', array['2026-02-01'::date], 'the lead came in February');
select is_empty($$select * from crm_verify('office')$$, 'and all is right');
select is(error_of($$select crm_account_alter('office', time_zone => 'CET')$$), '22023 | unknown time zone "CET" | Use UTC or a full name of view pg_timezone_names, such as America/Mexico_City.', 'no zone');
select throws_ok($$select crm_account_alter('nobody', time_zone => 'UTC')$$, '42704', 'account "nobody" does not exist', 'no account');
select throws_ok($$select crm_account_alter(null)$$, '22004', 'account must not be null', 'no name');
select throws_ok($$select crm_account_alter('office', owner => 'tap_nobody')$$, '42704', null, 'no role');
create table before as select account, source, time_zone from office.account;
select lives_ok($$select crm_account_alter('office'), crm_account_alter('office', null, null, null)$$, 'nothing to change');
select results_eq('select account, source, time_zone from office.account', 'table before', 'leaves all as it is');
set role tap_operator;
select throws_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, '42501', 'must have the rights of role "tap_next_owner"', 'nobody gives it to whom he cannot act as');
set role tap_stranger;
select throws_ok($$select crm_account_alter('office', time_zone => 'UTC')$$, '42501', 'permission denied for account "office"', 'a stranger changes nothing');
reset role;
grant tap_next_owner to tap_operator;
set role tap_operator;
select lives_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, 'the operator gives it to another of his roles');
select lives_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, 'again: nothing happens');
reset role;
select set_eq($$select distinct owner from owners where schema = 'office' or relation ~ '^office_'$$, array['tap_next_owner'], 'schema, tables, sequence and compatible views go together');
select lives_ok($$do $do$ begin
    perform crm_ingest('office', webhook(2, 'lead.creation', 8, '2026-02-10T09:00:00Z', step(1))::jsonb);
    perform crm_refresh('office');
end $do$ $$, 'the account works on');
select results_eq('select leads from crm_bi.funnel_monthly', array[2::bigint], 'and is in crm_bi');
select lives_ok($$select crm_account_alter('office', owner => 'tap_owner', time_zone => 'UTC', compatible_views => false)$$, 'all at once');
select is_empty('select name from compatible', 'the views are gone');
select set_eq($$select distinct owner from owners where schema = 'office'$$, array['tap_owner'], 'the owner is back');
select lives_ok($$select crm_account_alter('office', compatible_views => true)$$, 'with them');

-- ---------------------------------------------------------------- dropped and adopted

select lives_ok($$select crm_account_drop('office')$$, 'dropped without its data');
select set_eq('select name from compatible', $$select name from for_each_stream where name ~ '^office_'$$, 'the compatible views stay with them');
set role tap_stranger;
select throws_ok($$select crm_account_adopt('office')$$, '42501', 'permission denied for account "office"', 'a stranger adopts no schema of others');
reset role;
set role tap_operator;
select lives_ok($$select crm_account_adopt('office')$$, 'a member of its owner does');
reset role;
select lives_ok($$select crm_account_drop('office', keep_data => false)$$, 'dropped with its data');
select is_empty('select name from compatible', 'the compatible views go with them');

-- A schema whose name is fine, in which others may create: what they put there is not the owner's.
create schema guest authorization tap_owner;
grant create, usage on schema guest to tap_stranger;
-- a sequence remembers also what was rolled back
create sequence sprung;
grant usage on sequence sprung to public;
set role tap_stranger;
create function guest.spring() returns text language plpgsql as $$ begin perform nextval('public.sprung'); return 'nocrm'; end $$;
create view guest.account as select 'guest'::text as account, guest.spring() as source, 1 as layout_version;
grant select on guest.account to public;
reset role;
select is(error_of($$select crm_account_adopt('guest')$$), '55000 | schema "guest" is no account''s', 'a view named account is no account');
alter view guest.account owner to tap_owner;
select throws_ok($$select crm_account_adopt('guest')$$, '55000', null, 'not even the owner''s');
drop view guest.account;
set role tap_stranger;
create table guest.account as select 'guest'::text as account, 'nocrm'::text as source, 1 as layout_version;
create policy trap on guest.account using (guest.spring() = 'nocrm');
alter table guest.account enable row level security;
grant select on guest.account to public;
reset role;
select throws_ok($$select crm_account_adopt('guest')$$, '55000', null, 'nor is a table of somebody else''s');
select is((select is_called from sprung), false, 'and nothing in them runs');
drop schema guest cascade;

select crm_account_create('guest', owner => 'tap_owner');
select crm_account_drop('guest');
drop table guest.lead_deleted;
select is(error_of($$select crm_account_adopt('guest')$$),
          '55000 | schema "guest" does not have all tables of an account | Restore them, or give them to the owner of the schema.', 'a table is missing');
grant create on schema guest to tap_stranger;
set role tap_stranger;
create view guest.lead_deleted as select 1 as id;
reset role;
select throws_ok($$select crm_account_adopt('guest')$$, '55000', null, 'or is somebody else''s');
alter view guest.lead_deleted owner to tap_owner;
select crm_account_adopt('guest');
drop sequence guest.pending_mark;
set role tap_stranger;
create sequence guest.pending_mark;
select throws_ok($$select crm_ingest('guest', '{}')$$, '42501', null, 'and who puts up a sequence of that name may not ingest');
reset role;
select crm_account_drop('guest');
-- as layout 1 was; the upgrade makes tables that are missing
drop view guest.lead_deleted;
drop table guest.reported, guest.restatement, guest.stage_definition, guest.unread_value, guest.lead_current, guest.stuck_lead, guest.refresh_run, guest.secret, guest.funnel_monthly_by_owner, guest.funnel_amount_monthly;
alter table guest.observation drop column said, drop column attributes, drop column customer, drop column campaign,
    add column amount_said boolean not null default true, add column currency_said boolean not null default true, add column owner_said boolean not null default true;
alter table guest.observation alter column owner_said drop default;
alter table guest.stage drop column source_position, drop column is_deleted, drop column own_name, drop column own_pipeline;
alter table guest.account drop column count_deleted_leads, drop column built_count_deleted_leads, drop column reported_from, drop column restatement_scope;
update guest.account set layout_version = 1;
set client_min_messages = error;
select lives_ok($$select crm_account_adopt('guest')$$, 'an account of an older layout is registered');
set client_min_messages = warning;
select throws_ok($$select crm_account_upgrade('guest')$$, '55000', 'schema "guest" does not have all tables of an account',
                 'and not brought up to date while something in it is somebody else''s');
select crm_account_drop('guest');
select is_empty($$select account from pgcrm.account where account = 'guest'$$, 'a refused schema is not registered');
drop schema guest cascade;

-- ---------------------------------------------------------------- whatever it is called

create function life(account text) returns text
language plpgsql as $$
begin
    perform crm_account_create(account, owner => 'tap_owner', compatible_views => true);
    perform crm_ingest_batch(account, array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]);
    perform crm_refresh(account);
    perform crm_account_alter(account, 'Europe/Rome', 'tap_next_owner');
    perform crm_account_alter(account, compatible_views => false);
    perform crm_grant(account, 'tap_stranger', 'read'), crm_grant(account, 'tap_stranger', 'ingest');
    perform crm_revoke(account, 'tap_stranger', 'read'), crm_revoke(account, 'tap_stranger', 'ingest');
    perform crm_account_drop(account);
    perform crm_account_adopt(account);
    perform crm_rebuild(account);
    if exists (select from crm_verify(account)) then
        return 'is not right';
    end if;
    return concat_ws(' ', (select sum(deals) from crm_funnel(account)), (select sum(leads) from crm_bi.funnel_monthly f where f.account = life.account),
                     (select owner from owners o where o.schema = life.account and relation = 'account'));
end
$$;
select is(life(name), '1 1 tap_next_owner', 'a whole life as ' || name) from unnest(array['select', 'user', 'order', 'table', 'o']) name;
select lives_ok(format('select crm_account_drop(%L, keep_data => false)', name), 'and the end of ' || name) from unnest(array['select', 'user', 'order', 'table', 'o', 'of']) name;
select is_empty($$select nspname from pg_namespace where nspname in ('select', 'user', 'order', 'table', 'o', 'of')$$, 'nothing of them is left');

call drop_roles();
select is(to_regrole('tap_owner'), null, 'nor of the roles');
select finish();
