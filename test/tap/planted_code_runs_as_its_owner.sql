-- What an account's owner has planted in his tables and schema never runs with more rights than his,
-- whichever function a superuser calls: each trap notes who sprang it and what he could do.
\ir include/extension.psql
select plan(19);

create procedure drop_roles()
language plpgsql as $$
declare
    role text;
begin
    foreach role in array array['tap_owner', 'tap_next_owner', 'tap_reader'] loop
        if to_regrole(role) is not null then
            execute format('drop owned by %1$I cascade; drop role %1$I', role);
        end if;
    end loop;
end
$$;
call drop_roles();
create role tap_owner;
create role tap_next_owner;
create role tap_reader;
grant create on schema public to tap_owner, tap_next_owner;
grant execute on all functions in schema public to tap_owner;

do $$ begin
    perform crm_account_create('office', owner => 'tap_owner', compatible_views => true);
    call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)), 'not json']);
    perform crm_refresh();
end $$;

-- ---------------------------------------------------------------- the traps

set role tap_owner;
create table office.caught (trap text, who text, could text);
create table office.armed ();
create function office.spring(trap text) returns boolean
language plpgsql as $$
declare
    attempt text;
begin
    -- While the traps are laid, this session is still a superuser's, who may set any role.
    if not exists (select from office.armed) then
        return true;
    end if;
    foreach attempt in array array[format('set role %I', session_user), 'set session authorization default', 'alter role tap_owner superuser',
                                   'create temporary table mine ()', 'update pgcrm.stream set shipped = false'] loop
        begin
            execute attempt;
            insert into office.caught values (trap, current_user, attempt);
        exception when others then
            insert into office.caught values (trap, current_user, sqlstate);
        end;
    end loop;
    return true;
end
$$;

create function office.trigger_trap() returns trigger
language plpgsql as $$
begin
    perform office.spring('trigger of ' || tg_relid::regclass);
    return coalesce(new, old);
end
$$;
do $$
declare
    relation text;
begin
    foreach relation in array array['step_changed', 'observation', 'pending', 'account', 'quarantine', 'other_event', 'stage_definition',
                                    'lead_current', 'stuck_lead', 'refresh_run', 'secret', 'funnel_monthly_by_owner', 'funnel_amount_monthly'] loop
        execute format('create trigger trap before insert or update or delete on office.%I for each row execute function office.trigger_trap()', relation);
    end loop;
end
$$;
create trigger trap before insert or update or delete on office.stage_seen for each statement execute function office.trigger_trap();
-- A lead that is stuck for as long as the traps are armed.
create function office.minds() returns trigger
language plpgsql as $$
begin
    if new.lead_id = '13' and exists (select from office.armed) then
        raise exception 'not this one' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger minds before insert or update on office.stage_history for each row execute function office.minds();
alter table office.funnel_monthly add constraint trap check (office.spring('check'));
alter table office.lead_created add column trap boolean default office.spring('default');
create rule trap as on update to office.account do also insert into office.caught select 'rule', current_user, '42501';
alter table office.stage_history enable row level security, force row level security;
create policy trap on office.stage_history using (office.spring('policy'));
create function office.of_index(text) returns boolean language plpgsql immutable as $$ begin return office.spring('index'); end $$;
create index trap on office.stage_history (office.of_index(lead_id));
-- Whoever plans a query of the table asks what this is.
create function office.of_plan() returns boolean language plpgsql immutable as $$ begin return office.spring('plan'); end $$;
create index trap_of_plan on office.lead_current (lead_id) where office.of_plan();
-- Names that the statements of the extension use, with arguments that fit better than the server's.
create function office.concat_ws(text, bigint) returns text
language plpgsql as $$ begin perform office.spring('function'); return $2::text; end $$;
create function office.equals(text, "char") returns boolean
language plpgsql as $$ begin return office.spring('operator'); end $$;
create operator office.= (leftarg = text, rightarg = "char", function = office.equals);
create function office.equals(name, text) returns boolean
language plpgsql as $$ begin return office.spring('operator on names'); end $$;
create operator office.= (leftarg = name, rightarg = text, function = office.equals);
create function office.now() returns timestamptz
language plpgsql as $$ begin perform office.spring('now'); return clock_timestamp(); end $$;
create function office.nextval(regclass) returns bigint
language plpgsql as $$ begin perform office.spring('nextval'); return pg_catalog.nextval($1); end $$;
create function office.of_event() returns event_trigger language plpgsql as $$ begin perform office.spring('event trigger'); end $$;
select throws_ok('create event trigger trap on ddl_command_end execute function office.of_event()', '42501', null, 'an owner makes no event trigger');
reset role;

-- The last table that a refresh reads may be a view.
set role tap_owner;
alter table office.stage rename to real_stage;
create view office.stage as
select stage_id, name, pipeline, position, funnel_step, kpi_name, built_pipeline, built_rank, source_position, is_deleted, own_name,
       own_pipeline from office.real_stage where office.spring('view');
insert into office.armed default values;
reset role;

create table bodies (body text);
insert into bodies values (webhook(30, 'lead.step.changed', 13, '2026-01-12T09:00:00Z', step(2))), ('no json either'), (webhook(31, 'lead.cloned', 7, '2026-01-12T09:00:00Z')),
    ('{"webhook_event": {"id": 32, "event": "account.step.created", "data": {"id": 2, "name": "Step 2", "position": 1, "pipeline": {"id": 1, "name": "Sales"}}}}');

-- ---------------------------------------------------------------- a superuser with the owner's schema in his path calls everything

set search_path = office, public, pg_catalog;
set client_min_messages = error;
do $$ begin
    perform public.crm_ingest('office', public.webhook(2, 'lead.step.changed', 7, '2026-01-12T09:00:00Z', public.step(2))::jsonb);
    perform public.crm_ingest_batch('office', array[public.webhook(3, 'lead.creation', 8, '2026-01-12T09:00:00Z', public.step(1))]);
    perform public.crm_ingest_batch('office', array[convert_to('no json', 'UTF8'), convert_to(public.webhook(4, 'lead.deleted', 8, '2026-01-13T09:00:00Z'), 'UTF8')]);
    -- of the same key: settled by comparing both
    perform public.crm_ingest_batch('office', array[public.webhook(2, 'lead.step.changed', 7, '2026-01-14T09:00:00Z', public.step(3))]);
    perform public.crm_ingest_table('office', 'public.bodies');
    perform public.crm_refresh('office');
    perform public.crm_refresh();
    perform public.crm_replay('office');
    perform public.crm_replay('office', 'quarantined', 'lead_created');
    perform public.crm_replay('office', 'unhandled');
    perform public.crm_replay('office', 'stored');
    perform pgcrm.retry_stuck_leads('office');
    perform public.crm_secret_revoke('office', (public.crm_secret_add('office')).secret_id);
    perform public.crm_gateway_accounts();
end $$;
-- something to repair
set role tap_owner;
delete from office.armed;
update office.lead_current set amount = 0;
insert into office.armed default values;
reset role;
do $$ begin
    perform public.crm_repair('office');
    -- a column more, which the tables get
    update pgcrm.stream set mapping = jsonb_set(mapping, '{columns,99}', '{"name": "note", "type": "text", "at": "/note"}') where source = 'nocrm';
    perform public.crm_account_upgrade('office');
    perform public.crm_verify('office');
    perform public.crm_funnel('office');
    perform public.crm_rebuild('office');
    perform count(*) from pgcrm.account_status;
    perform count(*) from crm_bi.funnel_monthly;
    perform count(*) from crm_bi.funnel_monthly_by_owner;
    perform count(*) from crm_bi.funnel_amount_monthly;
    perform count(*) from crm_bi.lead_current;
    perform count(*) from crm_bi.sales_funnel_monthly;
    perform public.crm_account_alter('office', time_zone => 'Europe/Rome', compatible_views => false);
    perform public.crm_account_alter('office', count_deleted_leads => false);
    perform public.crm_account_alter('office', compatible_views => true);
    perform public.crm_grant('office', 'tap_reader', 'read');
    perform public.crm_revoke('office', 'tap_reader', 'read');
    perform public.crm_account_create('office', time_zone => 'Europe/Rome', owner => 'tap_owner', compatible_views => true);
    perform public.crm_account_drop('office');
    perform public.crm_account_adopt('office');
    perform pgcrm.require_account('office');
end $$;
call public.crm_refresh_all();
set search_path = public;
set client_min_messages = warning;

select set_has($$select distinct trap from office.caught$$,
               $$values ('trigger of office.step_changed'), ('trigger of office.observation'), ('trigger of office.pending'), ('trigger of office.account'),
                        ('trigger of office.stage_seen'), ('trigger of office.quarantine'), ('trigger of office.other_event'), ('trigger of office.stage_definition'), ('trigger of office.lead_current'),
                        ('trigger of office.stuck_lead'), ('trigger of office.refresh_run'), ('trigger of office.secret'), ('trigger of office.funnel_monthly_by_owner'),
                        ('trigger of office.funnel_amount_monthly'), ('check'), ('default'), ('rule'), ('policy'), ('index'), ('plan'), ('view')$$,
               'every trap sprang');
select is_empty($$select distinct trap, who from office.caught where who <> 'tap_owner'$$, 'as the owner');
select is_empty($$select distinct trap, could from office.caught where could <> '42501'$$, 'who could do nothing that he may not do');
select results_eq('select current_user::text, session_user::text', $$values (current_user::text, session_user::text)$$, 'the caller is himself again');
select is((select rolsuper from pg_roles where rolname = 'tap_owner'), false, 'and the owner what he was');

-- ---------------------------------------------------------------- a more powerful owner does not inherit them

select throws_ok($$select crm_account_alter('office', owner => current_user::name)$$, '55000',
                 'account "office" holds code that would run with the rights of its new owner', 'a superuser does not become the owner of traps');
set role tap_owner;
delete from office.armed;
drop view office.stage;
alter table office.real_stage rename to stage;
drop rule trap on office.account;
drop policy trap on office.stage_history;
drop index office.trap;
alter table office.funnel_monthly drop constraint trap;
alter table office.lead_created drop column trap cascade;
drop trigger minds on office.stage_history;
select format('drop trigger trap on %s', tgrelid::regclass) from pg_trigger
where tgname = 'trap' and tgrelid <> 'office.stage_seen'::regclass order by 1 \gexec
select throws_like($$select crm_account_alter('office', owner => 'tap_next_owner')$$, '%rights of role "tap_next_owner"%', 'nor does he give them to whom he is not a member of');
reset role;
select throws_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, '55000', null, 'one trigger is enough');
set role tap_owner;
drop trigger trap on office.stage_seen;
create function office.guess() returns text language sql return '';
alter table office.stage alter column kpi_name set default office.guess();
reset role;
select throws_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, '55000', null, 'or the function of a default');
grant tap_next_owner to tap_owner;
select lives_ok($$select crm_account_alter('office', owner => 'tap_next_owner')$$, 'but not for whom the former owner can act as anyway');
revoke tap_next_owner from tap_owner;
select is_empty($$select oid::regclass from pg_class where relnamespace = 'office'::regnamespace and relkind in ('r', 'S') and relowner <> 'tap_next_owner'::regrole$$,
                'all tables are the new owner''s');
set role tap_owner;
select throws_ok('select * from office.account', '42501', null, 'the former one reads nothing');
select throws_ok($$select crm_account_drop('office')$$, '42501', null, 'and drops nothing');
reset role;
select is((select outcome from crm_refresh('office')), 'refreshed', 'the account works on');

-- ---------------------------------------------------------------- a relation of bodies is read as the caller

create table seen (who text, could text);
create function of_body(body text) returns text
language plpgsql as $$
begin
    perform from office.observation;
    insert into public.seen values (current_user, 'read the account');
    return body;
exception when insufficient_privilege then
    insert into public.seen values (current_user, sqlstate);
    return body;
end
$$;
grant insert on seen to tap_reader, tap_next_owner;
grant select on bodies to tap_reader, tap_next_owner;
grant create on schema public to tap_reader;
select crm_grant('office', 'tap_reader', 'ingest');
set role tap_reader;
create view public.feed as select of_body(body) as body from public.bodies;
select is((select bodies from crm_ingest_table('office', 'feed')), 4::bigint, 'who may ingest ingests from a view of his own');
reset role;
select set_eq('select * from seen', $$values ('tap_reader', '42501')$$, 'its functions run as himself, who reads nothing of the account');
select is((select count(*) from seen), 4::bigint, 'each once');

do $$ begin perform crm_account_drop('office', false); end $$;
call drop_roles();
select is(to_regrole('tap_owner'), null, 'nothing is left of him');
select finish();
