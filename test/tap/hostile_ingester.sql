-- Who may ingest into an account does that alone, whatever he sends, from whatever he lets it be read, and however his
-- session is set: the rows that come of a body depend on nothing but the body.
\ir include/extension.psql
\ir include/calls.psql
select plan(23);

create role tap_owner;
create role tap_ingester;
grant create on schema public to tap_ingester;
do $$
declare
    account text;
begin
    foreach account in array array['office', 'beside', 'other'] loop
        perform crm_account_create(account, owner => 'tap_owner');
        perform crm_secret_add(account);
    end loop;
    call ingest('other', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)), 'no json']);
    perform crm_refresh();
    perform crm_grant(account_1, 'tap_ingester', 'ingest') from unnest(array['office', 'beside']) account_1;
end $$;
select set_eq('select signature from routine', 'select signature from call', 'every function of the extension is tried');

create table attempt as
select account, signature, format(statement, account) as statement from call cross join unnest(array['office', 'other']) account;
grant select on attempt, body to tap_ingester;
select format('grant execute on routine %s to tap_ingester', signature) from routine \gexec
grant usage on schema crm_bi to tap_ingester;
grant select on all tables in schema crm_bi to tap_ingester;
set client_min_messages = error;

-- ---------------------------------------------------------------- every function, with EXECUTE on all

set role tap_ingester;
select set_eq($$select account, signature from public.attempt
                where position(account in statement) > 0 and signature not in ('pgcrm.refresh_batch(text)', 'crm_account_create(text,text,text,name,boolean)') and taken_back(statement) = 'done'$$,
              $$values ('office', 'crm_ingest(text,jsonb)'), ('office', 'crm_ingest_batch(text,bytea[])'), ('office', 'crm_ingest_batch(text,text[])'), ('office', 'crm_ingest_table(text,regclass)')$$,
              'he ingests into his account, and that is all');
select is_empty($$select account from crm_bi.funnel_monthly union all select account from crm_bi.lead_current$$, 'he sees no number');
select set_eq('select account, cardinality(digests) from crm_gateway_accounts()', $$values ('office', 1), ('beside', 1)$$, 'and the digests of his accounts alone');

-- ---------------------------------------------------------------- what he sends

reset role;
create table witness (n integer);
insert into witness values (1);
create table sent (n integer generated always as identity, body text);
insert into sent (body)
select replace(webhook(100 + row_number() over (), 'lead.creation', 50, '2026-01-10T09:00:00Z', step(1) || jsonb_build_object('title', '@', 'step', '@', 'pipeline', '@', 'currency', '@', 'permalink', '@')), '@', to_jsonb(evil) #>> '{}')
from unnest(array['''; drop table public.witness; --', '$$; drop table public.witness; $$', 'office''); select 1; --', '%s %I %L $1 {} {1,2} (,) [1,2)', 'E''\\047''', 'a' || chr(8232) || 'b' || chr(65533)]) evil;
insert into sent (body) values
    ('{"webhook_event": {"id": 201, "event": "lead.creation", "data": {"id": "1); drop table witness; --"}}}'), ('{"webhook_event": {"id": "1 or 1=1", "event": "lead.creation", "data": {}}}'),
    (repeat('[', 10000)), ('{"webhook_event": ' || repeat('{"a": ', 500) || '1' || repeat('}', 501)), ('{"webhook_event": {"id": 202, "event": "lead.creation", "data": {"id": 9, "title": "\u0000"}}}'),
    ('{"webhook_event": {"id": 203, "event": "lead.creation", "data": {"id": 9, "amount": 1e999999, "created_at": "infinity"}}}'), ('{"webhook_event": {"id": 1e400, "event": "lead.creation"}}'),
    ('{"webhook_event": {"id": 204, "event": "' || repeat('x', 100000) || '", "data": {}}}'), (repeat('x', 1100000)), ('null'), ('"x"'), (''),
    ('{"webhook_event": {"id": 205, "event": "lead.step.changed", "data": {"id": 51, "created_at": "2026-01-10T09:00:00Z", "updated_at": "4713-01-01 BC", "step_id": 99999999999999999999}}}');
grant select on sent to tap_ingester;
set role tap_ingester;
select results_eq('select outcome, count(*) from crm_ingest_batch(''office'', array(select body from public.sent order by n)) group by 1 order by 1', $$values ('quarantined', 13::bigint), ('stored', 6)$$, 'whatever he sends has its outcome, of which none is an error');
reset role;
select is((select n from witness), 1, 'and is a value wherever it goes');
select is((select outcome from crm_refresh('office')), 'refreshed', 'the account is refreshed with all of it');
select is_empty($$select * from crm_verify('office')$$, 'and right');
select cmp_ok((select max(octet_length(p)) from office.quarantine, unnest(problems) p), '<', 1000, 'what is said of a body is short, however long it is');

-- ---------------------------------------------------------------- how his session is set

create function bodies() returns text[] language sql stable as $$
    select array_agg(webhook(300 + n, (array['lead.creation', 'lead.step.changed', 'lead.status.changed', 'lead.deleted', 'lead.cloned'])[1 + n % 5], 60 + n % 7, '2026-01-10T09:00:00Z'::timestamptz + n * interval '7 hours 1.5 seconds',
        step(1 + n % 3) || jsonb_build_object('amount', n * 1.005, 'probability', n))) || array['no json', '{"a": 1.10}']
    from generate_series(1, 60) n
$$;
grant execute on function bodies, webhook, step to tap_ingester;
do $$ begin perform crm_ingest_batch('beside', bodies()); end $$;
create table as_usual as select to_jsonb(bodies()) as bodies;
grant select on as_usual to tap_ingester;
truncate office.lead_created, office.step_changed, office.lead_changed, office.lead_deleted, office.other_event, office.quarantine, office.observation, office.pending;
select format('set %s = %L', name, value) from (values ('datestyle', 'German, DMY'), ('intervalstyle', 'iso_8601'), ('timezone', 'Asia/Kathmandu'), ('extra_float_digits', '-15'), ('bytea_output', 'escape'),
    ('standard_conforming_strings', 'off'), ('escape_string_warning', 'on'), ('backslash_quote', 'on'), ('transform_null_equals', 'on'), ('array_nulls', 'off'), ('quote_all_identifiers', 'on'), ('xmloption', 'document'),
    ('plan_cache_mode', 'force_generic_plan'), ('enable_nestloop', 'off'), ('enable_indexscan', 'off'), ('work_mem', '64kB'), ('constraint_exclusion', 'on'), ('default_toast_compression', 'pglz'), ('jit', 'on'), ('jit_above_cost', '0'),
    ('search_path', 'pg_temp, public, pg_catalog'), ('default_tablespace', 'nowhere'), ('default_table_access_method', 'nowhere'), ('lc_numeric', 'C'), ('gin_fuzzy_search_limit', '1'), ('client_min_messages', 'error')) s(name, value)
where name not in ('default_table_access_method', 'default_tablespace') \gexec
set role tap_ingester;
create temporary table lead_created (like public.body);
create temporary table quarantine (like public.body);
select pg_catalog.count(*) as of_his from public.crm_ingest_batch('office', array(select jsonb_array_elements_text(bodies) from public.as_usual)) \gset
drop table lead_created, quarantine;
reset role;
reset all;
set client_min_messages = error;
select results_eq(format('select to_jsonb(t) - ''received_at'' - ''first_received_at'' - ''last_received_at'' from office.%I t order by 1', relation), format('select to_jsonb(t) - ''received_at'' - ''first_received_at'' - ''last_received_at'' from beside.%I t order by 1', relation), relation || ' is what it is in any session')
from unnest(array['lead_created', 'step_changed', 'lead_changed', 'lead_deleted', 'other_event', 'quarantine', 'observation']) relation;

-- A setting that hides rows by policies makes his call fail, and nothing more.
set role tap_owner;
alter table office.lead_created enable row level security, force row level security;
create policy all_of_them on office.lead_created using (true);
set role tap_ingester;
set row_security = off;
select throws_ok($$select crm_ingest('office', '{"webhook_event": {"id": 400, "event": "lead.creation", "data": {"id": 9, "created_at": "2026-01-10T09:00:00Z"}}}')$$, '42501', null, 'row_security off opens nothing');
reset row_security;
reset role;

-- ---------------------------------------------------------------- what he lets it be read from

create table seen (who text, could text);
grant insert on seen to public;
set role tap_ingester;
create function public.of_body(body text) returns text
language plpgsql as $$
declare
    attempt text;
begin
    insert into public.seen values (current_user, null);
    foreach attempt in array array['select from office.observation', 'delete from office.quarantine', 'select public.crm_refresh(''office'')::text', 'select from pgcrm.stream'] loop
        begin
            execute attempt;
            insert into public.seen values (current_user, attempt);
        exception when others then null;
        end;
    end loop;
    -- into the account that is being written to, by whom it is read for, and out of it again
    perform public.crm_ingest('office', format('{"webhook_event": {"id": %s, "event": "lead.creation", "data": {"id": 70, "created_at": "2026-01-10T09:00:00Z"}}}', 500 + length(body))::jsonb);
    set local search_path = pg_temp;
    set local datestyle = 'German';
    return body;
end
$$;
create view public.feed as select public.of_body(body) as body from public.sent where n <= 5;
reset role;
delete from call;
revoke execute on all functions in schema public from tap_ingester;
select crm_grant('office', 'tap_ingester', 'ingest');
grant execute on function of_body, webhook, step to tap_ingester;
set role tap_ingester;
select is((select bodies from crm_ingest_table('office', 'feed')), 5::bigint, 'a view of his own is read');
reset role;
select set_eq('select who, could from seen', $$values ('tap_ingester', null::text)$$, 'as himself, who can do no more than before');
select is_empty($$select id from office.lead_created where id between 101 and 105 except select generate_series(101, 105)$$, 'and what it gives is stored');
select is((select outcome from crm_refresh('office')), 'refreshed', 'the account works on');
select is_empty($$select * from crm_verify('office')$$, 'and is right');

select crm_account_drop(account, keep_data => false) from unnest(array['office', 'beside', 'other']) account;
drop owned by tap_owner, tap_ingester cascade;
drop role tap_owner, tap_ingester;
select is(to_regrole('tap_ingester'), null, 'nothing is left of him');
select finish();
