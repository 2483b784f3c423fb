-- An owner who has planted all that a table can hold gets nobody else's rights by it: not those of a superuser who calls
-- every function there is, nor those of a reader, an ingester or another owner; and he stops no other account.
--
-- Most of his code is of constants, in immutable functions: whoever but plans a statement on the table runs it. It counts by
-- sequences, which keep their numbers when what was tried is taken back.
\ir include/extension.psql
\ir include/calls.psql
select plan(32);

create role tap_owner;
create role tap_neighbour;
create role tap_reader;
create role tap_ingester;
grant create on schema public to tap_owner, tap_neighbour;
grant execute on all functions in schema public, pgcrm to tap_owner, tap_neighbour;
grant usage on schema pgcrm to tap_owner, tap_neighbour;

do $$
declare
    account text;
begin
    perform crm_account_create('evil', owner => 'tap_owner', compatible_views => true);
    perform crm_account_create('good', owner => 'tap_neighbour');
    foreach account in array array['evil', 'good'] loop
        call ingest(account, array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)), webhook(2, 'lead.cloned', 7, '2026-01-10T09:00:00Z'), 'no json']);
        perform crm_refresh(account);
        call ingest(account, array[webhook(3, 'lead.step.changed', 7, '2026-01-12T09:00:00Z', step(2))]);
        perform crm_grant(account, 'tap_ingester', 'ingest');
        perform crm_secret_add(account);
    end loop;
    perform crm_grant('evil', 'tap_reader', 'read');
end $$;

-- ---------------------------------------------------------------- the traps

set role tap_owner;
create table evil.armed ();
create sequence evil.sprung;  -- how often any did
create sequence evil.wrong;   -- as somebody else
create sequence evil.did;     -- and something that nobody may
grant usage on schema evil to public;
grant select on evil.armed to public;
grant all on sequence evil.sprung, evil.wrong, evil.did to public;
create function evil.spring(trap text) returns boolean
language plpgsql as $$
declare
    attempt text;
begin
    if not exists (select from evil.armed) then
        return true;
    end if;
    if current_user <> 'tap_owner' then
        perform nextval('evil.wrong');
        raise warning '% ran as %', trap, current_user;
    end if;
    perform set_config('search_path', 'evil, public', false), set_config('datestyle', 'German', false), set_config('lock_timeout', '1', false)
    where nextval('evil.sprung') % 61 = 1;
    if (select last_value from evil.sprung) % 61 <> 1 then
        return true;
    end if;
    foreach attempt in array array[format('set role %I', session_user), format('set local role %I', session_user), 'set role tap_neighbour', 'set session authorization default', 'reset role', 'alter role tap_owner superuser',
                                   'grant tap_neighbour to tap_owner', 'create temporary table mine ()', 'update pgcrm.stream set shipped = false', 'insert into pgcrm.account values (''evil_2'')',
                                   'lock table pgcrm.account', 'lock table good.account', 'select from good.observation', 'delete from good.pending', 'select nextval(''good.pending_mark'')',
                                   'drop view crm_bi.funnel_monthly', 'create table good.mine ()', 'copy good.pending to program ''true''', 'select pg_read_file(''PG_VERSION'')',
                                   'select pg_cancel_backend(pg_backend_pid())', 'select pg_terminate_backend(pg_backend_pid())', 'select pg_reload_conf()', 'set log_min_messages = debug5',
                                   'select crm_grant(''good'', ''tap_owner'', ''read'')', 'select crm_ingest(''good'', ''{}'')', 'select crm_funnel(''good'')', 'select crm_quarantine(''good'')',
                                   'select crm_verify(''good'')', 'select crm_rebuild(''good'')', 'select crm_account_drop(''good'', false)', 'select crm_account_alter(''good'', owner => ''tap_owner'')'] loop
        begin
            execute attempt;
            perform nextval('evil.did');
            raise warning '% did %', trap, attempt;
        exception when others then
            null;
        end;
    end loop;
    return true;
end
$$;
create function evil.folded(trap text) returns boolean language plpgsql immutable as $$ begin return evil.spring(trap); end $$;
create function evil.of_trigger() returns trigger language plpgsql as $$
begin
    perform evil.spring(format('%s trigger of %s', tg_op, tg_relid::regclass));
    return coalesce(new, old);
end
$$;
do $$
declare
    t text;
begin
    for t in select relname from pg_class where relnamespace = 'evil'::regnamespace and relkind = 'r' and relname <> 'armed' order by 1 loop
        execute format('create index on evil.%1$I ((evil.folded(%2$L)))', t, 'index of ' || t);
        execute format('create index on evil.%1$I ((1)) where evil.folded(%2$L)', t, 'predicate of ' || t);
        execute format('create statistics evil.%2$I on (evil.folded(%3$L)), (evil.folded(%4$L)) from evil.%1$I', t, 'trap_' || t, 'statistics of ' || t, 'more statistics of ' || t);
        execute format('alter table evil.%1$I add constraint trap check (evil.folded(%2$L))', t, 'check of ' || t);
        execute format('alter table evil.%1$I enable row level security, force row level security', t);
        execute format('create policy trap on evil.%1$I using (evil.folded(%2$L)) with check (evil.spring(%2$L))', t, 'policy of ' || t);
        execute format('create trigger trap before insert or update or delete on evil.%I for each row execute function evil.of_trigger()', t);
        execute format('create trigger trap_once after insert or update or delete or truncate on evil.%I for each statement execute function evil.of_trigger()', t);
        continue when t in ('stage', 'stage_history', 'lead_current') or t like 'funnel%'; -- crm_verify compares whole rows of these
        execute format('alter table evil.%1$I add column trap boolean default evil.spring(%2$L)', t, 'default of ' || t);
        execute format('alter table evil.%1$I add column folded_trap boolean generated always as (evil.folded(%2$L)) stored', t, 'generated column of ' || t);
    end loop;
end
$$;
-- Names that statements of the extension use, with arguments that fit better than the server's.
create function evil.equals(name, text) returns boolean language plpgsql as $$ begin return evil.spring('operator'); end $$;
create operator evil.= (leftarg = name, rightarg = text, function = evil.equals);
create function evil.concat_ws(text, bigint) returns text language plpgsql as $$ begin perform evil.spring('concat_ws'); return $2::text; end $$;
create function evil.now() returns timestamptz language plpgsql as $$ begin perform evil.spring('now'); return clock_timestamp(); end $$;
create function evil.nextval(regclass) returns bigint language plpgsql as $$ begin perform evil.spring('nextval'); return pg_catalog.nextval($1); end $$;
insert into evil.armed default values;
reset role;

-- ---------------------------------------------------------------- everything there is, called by everybody

-- What the server has once folded it keeps until the table changes.
create function forget() returns void language plpgsql security definer as $$
declare
    t text;
begin
    for t in select relname from pg_class where relnamespace = 'evil'::regnamespace and relkind = 'r' and relname <> 'armed' loop
        execute format('alter table evil.%I set (autovacuum_enabled = true)', t);
    end loop;
end
$$;
-- What becomes of a statement that nothing was folded for before.
create function tried(statement text) returns text
language plpgsql as $$
begin
    perform forget();
    return public.taken_back(statement);
end
$$;

insert into call values
    ('crm_account_adopt(text)', $$select crm_account_drop(%1$L), crm_account_adopt(%1$L)$$),
    ('crm_account_alter(text,text,name,boolean,boolean)', $$select crm_account_alter(%1$L, compatible_views => true)$$),
    ('crm_ingest(text,jsonb)', $$select crm_ingest(%1$L, webhook(10, 'lead.creation', 8, '2026-01-10T09:00:00Z', step(1))::jsonb)$$),
    ('crm_ingest_batch(text,text[])', $$select crm_ingest_batch(%1$L, array[webhook(3, 'lead.step.changed', 7, '2026-01-13T09:00:00Z', step(3)), webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)),
        webhook(11, 'lead.deleted', 7, '2026-01-14T09:00:00Z'), webhook(2, 'lead.cloned', 7, '2026-01-10T09:00:00Z'), 'no json',
        '{"webhook_event": {"id": 32, "event": "account.step.created", "data": {"id": 2, "name": "Step 2", "position": 1, "pipeline": {"id": 1, "name": "Sales"}}}}'])$$),
    ('crm_stream_define(text,jsonb,integer)', $$select crm_stream_define('nocrm', (select mapping || '{"columns": [{"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true}, {"name": "note", "type": "text", "at": "/note"}, {"name": "lead_id", "type": "text", "at": "/webhook_event/data/id"}, {"name": "at", "type": "timestamptz", "at": "/webhook_event/data/updated_at", "required": true}, {"name": "raw_data", "type": "jsonb", "from": "body"}], "stream": "noted", "key": ["id"], "observation": {"kind": "changed", "lead": "lead_id", "at": "at"}}' from pgcrm.stream where stream = 'lead_changed'), 0)$$),
    ('crm_funnel(text,text,date,date)', $$select crm_funnel(%1$L, 'every_entry', '2026-01-01')$$),
    ('crm_refresh(text)', $$select crm_refresh()$$);
select set_eq('select signature from routine', 'select signature from call', 'every function of the extension is called');

-- Every relation of the extension's own.
delete from call where signature = 'pgcrm.refresh_batch(text)'; -- says what it was told in a row; it is called below
create view face as
select c.oid::regclass::text as name
from pg_class c
join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid and e.extname = 'pgcrm'
where c.relkind in ('r', 'p', 'v', 'm', 'f');
insert into call select name, format('select count(*) from %s', name) from face;
insert into call select name, format('select * from %s limit 1', name) from face;

create table attempt as
select row_number() over () as n, account, signature, format(statement, account) as statement
from call cross join unnest(array['evil', 'good']) account
where signature <> 'crm_refresh_all()'; -- commits, and has its turn below
grant select on attempt, call to public;
grant execute on all functions in schema public, pgcrm to tap_reader, tap_ingester;
grant usage on schema pgcrm to tap_reader, tap_ingester;
grant select on all tables in schema pgcrm to tap_owner, tap_neighbour, tap_reader, tap_ingester;
grant select on body to public;
grant all on function tried, forget to public;

set client_min_messages = error;
create table outcome (who text, n bigint, state text);
grant insert on outcome to public;
set constraint_exclusion = on; -- or the server looks at no check when it plans
set search_path = evil, public;
insert into public.outcome select 'superuser', n, public.tried(statement) from public.attempt order by n;
set role tap_neighbour;
insert into public.outcome select 'neighbour', n, public.tried(statement) from public.attempt order by n;
set role tap_reader;
insert into public.outcome select 'reader', n, public.tried(statement) from public.attempt order by n;
set role tap_ingester;
insert into public.outcome select 'ingester', n, public.tried(statement) from public.attempt order by n;
reset role;
set search_path = public;

select cmp_ok((select last_value from evil.sprung), '>', 3000::bigint, 'his traps sprang');
select is((select is_called from evil.wrong), false, 'and none as anybody but himself');
select is((select is_called from evil.did), false, 'who did nothing that he may not do');
select is_empty($$select signature, statement, state from outcome join attempt using (n) where who = 'superuser' and state <> 'done'
                  and (account, signature, state) not in (select a, s, t from unnest(array['evil', 'good']) a, (values
                      ('crm_account_create(text,text,text,name,boolean)', 'done'), ('crm_schedule(text)', '55000'), ('crm_stream_drop(text,text)', '55000'), ('crm_stream_define(text,jsonb,integer)', '22023'),
                      ('crm_account_alter(text,text,name,boolean,boolean)', '55000'), ('crm_grant(text,name,text)', '42710'), ('crm_account_adopt(text)', 'done'), ('pgcrm.require_account(text,text)', '42883')) e(s, t))$$,
                'all that a superuser may call goes through');
select is_empty($$select signature, statement from outcome join attempt using (n) where who in ('neighbour') and account = 'evil' and state = 'done'
                  and statement like '%evil%' and signature <> 'crm_account_create(text,text,text,name,boolean)'$$, 'the neighbour could do nothing with his account');
select set_eq($$select distinct signature from outcome join attempt using (n) where who = 'reader' and state = 'done' and statement like '%evil%'$$,
              array['crm_funnel(text,text,date,date)', 'crm_quarantine(text,text,bigint)', 'crm_reported_at(text,text,timestamp with time zone)', 'crm_verify(text)', 'pgcrm.reported_at(text,text,timestamp with time zone)'],
              'the reader reads');
select set_eq($$select distinct signature from outcome join attempt using (n) where who = 'ingester' and state = 'done' and statement like '%evil%'$$,
              array['crm_ingest(text,jsonb)', 'crm_ingest_batch(text,bytea[])', 'crm_ingest_batch(text,text[])', 'crm_ingest_table(text,regclass)'],
              'the ingester ingests');

-- ---------------------------------------------------------------- what is not taken back

set search_path = evil, public;
select public.crm_ingest('evil', public.webhook(20, 'lead.creation', 9, '2026-01-10T09:00:00Z', public.step(1))::jsonb) is not null as done \gset
call public.crm_refresh_all();
select results_eq('show search_path', array['evil, public'], 'settings are the caller''s again');
select isnt(current_setting('datestyle'), 'German, DMY', 'all of them');
set search_path = public;
reset constraint_exclusion;
select results_eq('select current_user::text, session_user::text', $$values (session_user::text, session_user::text)$$, 'and so is he himself');
select is((select is_called from evil.wrong), false, 'nothing of it ran as him');
select is((select is_called from evil.did), false, 'or did anything');
select is_empty($$select account, refresh_error from pgcrm.account_status where pending_leads > 0 or refresh_error is not null$$, 'both accounts are up to date');
select is_empty($$select * from crm_verify('good')$$, 'the neighbour''s numbers are right');

-- ---------------------------------------------------------------- code that waits for the end of the transaction

-- It would run when its owner's scope is over, as whoever ends the transaction: the server does not let it wait there.
set role tap_owner;
create constraint trigger trap_later after insert on evil.lead_created deferrable initially deferred for each row execute function evil.of_trigger();
reset role;
select is(tried($$select crm_ingest('evil', webhook(21, 'lead.creation', 9, '2026-01-10T09:00:00Z', step(1))::jsonb)$$), '42501', 'a trigger that waits for the commit is refused');
select is((select is_called from evil.wrong), false, 'and runs as nobody');
set role tap_owner;
drop trigger trap_later on evil.lead_created;

-- ---------------------------------------------------------------- whatever he raises, his neighbour is refreshed

create table evil.how (state text);
grant select on evil.how to public;
insert into evil.how values ('P0001');
create function evil.fails() returns trigger language plpgsql as $$
declare
    state text;
begin
    select how.state into state from evil.how;
    raise exception '%', repeat('x', 100000) using errcode = state;
end
$$;
create trigger fails before insert or update or delete on evil.stage_history for each row execute function evil.fails();
create trigger fails before update on evil.account for each row execute function evil.fails();
reset role;
create function refreshed_beside(state text) returns text language plpgsql as $$
declare
    n bigint := 1000 + nextval('evil.sprung');
begin
    update evil.how set state = refreshed_beside.state;
    perform crm_ingest_batch(account, array[webhook(n, 'lead.creation', n, '2026-01-10T09:00:00Z', step(1))]) from unnest(array['evil', 'good']) account;
    return (select string_agg(r.account || ' ' || r.outcome, ', ' order by r.account) from crm_refresh() r);
end
$$;
set client_min_messages = error;
select is(refreshed_beside(state), 'evil failed, good refreshed', 'with ' || state)
from unnest(array['P0001', '57014', '57P01', '53200', '40P01', '40001', 'XX000', 'P0004', '42501', '55P03', '25P02']) state;
select results_eq('select account from crm_gateway_accounts()', array['evil', 'good'], 'and the gateway hears of both');

-- ---------------------------------------------------------------- the traps are real

select is((select is_called from evil.wrong), false, 'until here nothing of it has run as somebody else');
select forget();
select count(*) >= 0 as read from evil.stage \gset
select is((select is_called from evil.wrong), true, 'who names a table of his in a statement of his own runs it, as the manual says');

do $$ begin perform crm_account_drop(account, false) from unnest(array['evil', 'good']) account; end $$;
drop owned by tap_owner, tap_neighbour, tap_reader, tap_ingester cascade;
drop role tap_owner, tap_neighbour, tap_reader, tap_ingester;
select is(to_regrole('tap_owner'), null, 'nothing is left of him');
select finish();
