-- Who has no right on an account can do nothing with it; who owns one needs no other right; and what
-- an owner plants in his tables never runs with more rights than his, whoever calls.
\ir include/extension.psql
select plan(79);

-- Roles belong to the whole server: these go away at the end, and what a run that broke off left goes first.
create procedure drop_roles()
language plpgsql as $$
declare
    role text;
begin
    foreach role in array array['tap_owner', 'tap_stranger', 'tap_reader'] loop
        if to_regrole(role) is not null then
            execute format('drop owned by %1$I cascade; drop role %1$I', role);
        end if;
    end loop;
end
$$;
call drop_roles();
create role tap_owner;
create role tap_stranger;
create role tap_reader;

create function bodies(first integer, last integer) returns text[]
language sql
return array(select webhook(n, 'lead.step.changed', n, '2026-01-01T00:00:00Z', step(1)) from generate_series(first, last) n);

-- ---------------------------------------------------------------- without EXECUTE

create table verb (call text);
insert into verb values
    ('select crm_account_create(''office'')'), ('select crm_account_drop(''office'')'), ('select crm_account_adopt(''office'')'),
    ('select crm_ingest(''office'', ''{}'')'), ('select crm_ingest_batch(''office'', ''{}''::bytea[])'),
    ('select crm_ingest_batch(''office'', ''{}''::text[])'), ('select crm_refresh(''office'')'), ('select crm_rebuild(''office'')'),
    ('select crm_ingest_table(''office'', ''verb'')'), ('select crm_replay(''office'')'), ('select crm_replay(''office'', ''stored'')'),
    ('select crm_account_alter(''office'')'), ('select crm_account_upgrade(''office'')'), ('select crm_repair(''office'')'),
    ('select crm_secret_add(''office'')'), ('select crm_secret_revoke(''office'', 1)'), ('select crm_gateway_accounts()'),
    ('select pgcrm.retry_stuck_leads(''office'')'), ('select * from pgcrm.ingest_progress'), ('select * from pgcrm.rebuild_progress'),
    ('select crm_verify(''office'')'), ('select crm_funnel(''office'')'), ('call crm_refresh_all()'),
    ('select crm_schedule()'), ('select crm_unschedule()'), ('select * from pgcrm.account_status'), ('select * from pgcrm.account'),
    ('select * from pgcrm.stream');
grant select on verb to public;

set role tap_stranger;
select throws_ok(call, '42501', null, 'without EXECUTE: ' || call) from verb;
reset role;

-- ---------------------------------------------------------------- an owner who is nobody else

grant usage on schema pgcrm to tap_owner, tap_stranger;
grant execute on all routines in schema public, pgcrm to tap_owner, tap_stranger;
grant select on pgcrm.account_status to tap_owner, tap_stranger;
select format('grant create on database %I to tap_owner', current_database()) \gexec

set role tap_owner;
select lives_ok($$select crm_account_create('office')$$, 'an ordinary role makes an account');
select is((select count(*) from crm_ingest_batch('office', bodies(1, 3)) where outcome = 'stored'), 3::bigint, 'ingests');
select is((select leads from crm_refresh('office')), 3::bigint, 'refreshes');
select is_empty($$select * from crm_verify('office')$$, 'verifies');
select is((select deals from crm_funnel('office')), 3::bigint, 'reads the funnel');
select is((select leads from crm_rebuild('office')), 3::bigint, 'rebuilds');
select is((select pending_leads from pgcrm.account_status where account = 'office'), 0::bigint, 'sees how the account is');
reset role;
select is((select relowner::regrole::text from pg_class where oid = 'office.observation'::regclass), 'tap_owner', 'and owns the tables');

-- ---------------------------------------------------------------- EXECUTE, but no right on the account

create table account_verb as select * from verb where call like '%''office''%' and call not like '%create%';
grant select on account_verb to tap_stranger;
set role tap_stranger;
select throws_ok(call, '42501', 'permission denied for account "office"', 'a stranger: ' || call) from account_verb;
select is_empty('select * from crm_refresh()', 'a refresh of all accounts passes by those of others');
select is_empty('select * from pgcrm.account_status', 'so does the status');
select is((select outcome from pgcrm.refresh_batch('office')), 'failed', 'and no batch of theirs is refreshed');
select throws_ok('select * from office.observation', '42501', null, 'the tables are closed as well');
reset role;

-- ---------------------------------------------------------------- the face for BI tools

create view my_view as select account, leads from crm_bi.funnel_monthly;
grant select on my_view to tap_reader;
set role tap_reader;
select is((select count(*) from crm_bi.funnel_monthly) + (select count(*) from crm_bi.sales_funnel_monthly), 0::bigint,
          'crm_bi shows a reader no account');
select is_empty('select * from my_view', 'nor does the view of somebody who sees it');
select throws_ok('select * from pgcrm.bi_funnel_monthly', '42501', null, 'nor is there a way beside crm_bi');
reset role;
grant usage on schema office to tap_reader;
grant select on office.observation to tap_reader;
set role tap_reader;
select is((select (f.leads, s.deals_count) from crm_bi.funnel_monthly f, crm_bi.sales_funnel_monthly s), row(3::bigint, 3::bigint),
          'until he may read its observations');
select results_eq('select account, leads from my_view', $$values ('office', 3::bigint)$$, 'also by that view');
select throws_ok('select * from office.funnel_monthly', '42501', null, 'though not the table itself');
reset role;
drop view my_view;

-- ---------------------------------------------------------------- a trap in the owner's tables

set role tap_owner;
create table office.caught (relation text, who text, attempt text, outcome text);
create function office.trap() returns trigger
language plpgsql as $$
declare
    attempt text;
begin
    foreach attempt in array array['set role postgres', 'reset role', 'set session authorization default', 'alter role tap_owner superuser',
                                   'create role tap_reader_2', 'grant tap_stranger to tap_owner', 'create temporary table mine ()',
                                   'select pg_read_file(''PG_VERSION'')', 'update pgcrm.stream set shipped = false'] loop
        begin
            execute attempt;
            insert into office.caught values (tg_relid::regclass, current_user, attempt, 'done');
        exception when others then
            insert into office.caught values (tg_relid::regclass, current_user, attempt, sqlstate);
        end;
    end loop;
    return new;
end
$$;
create trigger trap before insert on office.step_changed for each row execute function office.trap();
create trigger trap before insert or update on office.stage_history for each row execute function office.trap();
reset role;

select is((select outcome from crm_ingest_batch('office', bodies(4, 4))), 'stored', 'a superuser ingests over a trap');
select is((select leads from crm_refresh('office')), 1::bigint, 'and refreshes over one');
select set_eq('select relation, who, count(*) from office.caught group by 1, 2',
              $$values ('office.step_changed', 'tap_owner', 9::bigint), ('office.stage_history', 'tap_owner', 9)$$,
              'both sprang as the owner');
select is_empty($$select * from office.caught where outcome <> '42501'$$, 'and could do nothing that the owner may not do');
select is(current_user::text, 'postgres', 'the superuser is himself again');

set role tap_owner;
drop trigger trap on office.step_changed;
create constraint trigger trap after insert on office.step_changed deferrable initially deferred for each row execute function office.trap();
reset role;
select throws_ok($$select crm_ingest_batch('office', bodies(5, 5))$$, '42501', 'cannot fire deferred trigger within security-restricted operation',
                 'a trap that would wait for the end of the transaction is refused');

-- What crm_verify and crm_bi read may be a view, with a function of the owner's in it.
set role tap_owner;
delete from office.caught;
create function office.trap_of_view() returns text
language plpgsql as $$ begin insert into office.caught values ('view', current_user, 'read', null); return ''; end $$;
alter table office.stage rename to real_stage;
create view office.stage as select stage_id, name || office.trap_of_view() as name, pipeline, position, funnel_step, kpi_name, built_pipeline, built_rank,
       source_position, is_deleted, own_name, own_pipeline from office.real_stage;
reset role;
select is_empty($$select * from crm_verify('office')$$, 'a superuser verifies over a view');
select is((select count(*) from crm_funnel('office')), 1::bigint, 'and reads the funnel');
select is((select count(stage) from crm_bi.funnel_monthly), 1::bigint, 'and crm_bi');
select set_eq('select who from office.caught', array['tap_owner'], 'the function in the view ran as the owner alone');

-- ---------------------------------------------------------------- and away

set client_min_messages = error;
set role tap_owner;
select lives_ok($$select crm_account_drop('office')$$, 'the owner drops the account and keeps the data');
set role tap_stranger;
select throws_ok($$select crm_account_adopt('office')$$, '42501', 'permission denied for account "office"', 'a stranger cannot take them');
set role tap_owner;
select lives_ok($$select crm_account_adopt('office')$$, 'the owner can');
select lives_ok($$select crm_account_drop('office', keep_data => false)$$, 'and drops the account with its data');
reset role;
call drop_roles();
select is(to_regrole('tap_owner'), null, 'nothing is left of him');
select finish();
