-- Who may define streams decides what becomes of events, and is nobody else by it: no part of a mapping is a way into SQL,
-- no function is open to him for it, and what he defines runs nothing of his in an account that is stronger than he.
-- What rules may be made of is told by who_defines_streams.
\ir include/extension.psql
\ir include/calls.psql
select plan(21);

create role tap_definer;
grant create on schema public to tap_definer;
create table witness (n integer);
insert into witness values (1);
select crm_account_create('strong'), crm_account_create('forms', source => 'nocrm');
select crm_grant('strong', 'tap_definer', 'ingest');
grant execute on function crm_stream_define, crm_stream_drop to tap_definer;
select set_eq('select signature from routine', 'select signature from call', 'every function of the extension is tried');

create table attempt as select signature, format(statement, 'strong') as statement from call;
grant select on attempt, body to tap_definer;
set client_min_messages = error;
set role tap_definer;
select set_eq($$select signature from public.attempt where taken_back(statement) not in ('42501', '22023', '55000')$$,
              array['crm_ingest(text,jsonb)', 'crm_ingest_batch(text,bytea[])', 'crm_ingest_batch(text,text[])', 'crm_ingest_table(text,regclass)', 'crm_gateway_accounts()', 'pgcrm.account_statuses()'],
              'he may call what he was let, and nothing else');
select throws_ok('select from pgcrm.stream', '42501', null, 'and does not touch the catalog');
select throws_ok($$insert into pgcrm.stream (source, ordinal, stream, mapping) values ('nocrm', 9, 'x', '{}')$$, '42501', null, 'by no way but the function');
reset role;

-- ---------------------------------------------------------------- every text of a mapping

-- A stream of his that takes what the others leave.
create function stream_with(part text[], value jsonb) returns jsonb
language sql immutable as $$
    select jsonb_set('{"stream": "note", "match": {"/type": "note"}, "key": ["number"], "same": ["/number"], "columns": [
        {"name": "number", "type": "text", "at": "/number", "required": true},
        {"name": "version", "type": "integer", "at": "/version", "required": true},
        {"name": "status", "type": "text", "at": "/status", "clean": ["trim"]},
        {"name": "step", "type": "text", "at": {"at": "/step", "when": {"/kind": "a%"}}},
        {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
        {"name": "raw_data", "type": "jsonb", "from": "body"}],
        "observation": {"kind": "snapshot", "lead": "number", "at": "at", "stage_name": "step", "status": {"column": "status", "map": {"yes": "won"}}, "when": {"/type": "note"}},
        "stage": {"id": "step", "name": "step", "at": "at", "deleted_when": {"/gone": "yes"}},
        "rules": [{"check": "version > 0", "problem": "no version"}],
        "on_duplicate": {"replace_if_newer": "version"}}', part, value)
$$;
grant execute on function stream_with to tap_definer;
-- Where a text stands in it, by keys and by values.
create table place as
with recursive part(path, value) as (
    select array[key], value from jsonb_each(stream_with('{stream}', '"note"'))
    union all
    select p.path || e.key, e.value
    from part p
    cross join lateral (select key, value from jsonb_each(case jsonb_typeof(p.value) when 'object' then p.value else '{}' end)
                        union all select (n - 1)::text, v from jsonb_array_elements(case jsonb_typeof(p.value) when 'array' then p.value else '[]' end) with ordinality a(v, n)) e)
select path from part where jsonb_typeof(value) = 'string';
create table hostile (value text);
insert into hostile values ($q$'; drop table public.witness; --$q$), ($q$"; drop table public.witness; --$q$), ($q$x" text); drop table public.witness; --$q$), ($q$/a'b"c\d$1%$q$), ($q$\'); drop table public.witness; --$q$),
    ($q$$$; drop table public.witness; $$$q$), ('%'), (''), ('ctid'), ('tableoid'), ('pgcrm$row'), ('select'), ('r'), ('t'), ('u'), ('observation'), ('secret'), ('public.witness'), (repeat('x', 64)), (repeat('''', 300)),
    ('/' || repeat('a/', 400)), (e'a\nb'), (chr(8232));
grant select on place, hostile to tap_definer;
-- What becomes of a mapping, and of an event that it takes, which is all taken back.
create function outcome_of(path text[], value text) returns text
language plpgsql as $$
declare
    said text := 'refused';
begin
    perform crm_stream_define('nocrm', stream_with(path, to_jsonb(value)), 0);
    said := 'defined';
    perform public.upgraded(account) from unnest(array['strong', 'forms']) account;
    said := 'upgraded';
    select string_agg(distinct r.outcome, ' ') into said
    from unnest(array[jsonb_build_object('type', 'note', 'kind', 'a', 'number', value, 'version', 1, 'status', value, 'step', value, 'at', '2026-01-10T09:00:00Z'),
                      jsonb_build_object('type', 'note', 'kind', 'a', 'number', 'x', 'version', 0, 'status', value, 'step', value, 'at', '2026-01-10T09:00:00Z')]) body,
         lateral crm_ingest('strong', body) r;
    raise exception using errcode = 'TRIED';
exception
    when sqlstate 'TRIED' then return 'taken';
    when others then return said || ' ' || sqlstate;
end
$$;
create function upgraded(account text) returns integer language sql security definer as 'select crm_account_upgrade(account)';
grant execute on function upgraded, outcome_of to tap_definer;
set role tap_definer;
create temporary table outcome as
select path, value, outcome_of(path, value) as said from public.place cross join public.hostile;
select is_empty($$select path, value, said from outcome where said not in ('taken', 'refused 22023')$$, 'a mapping is taken or refused, whatever is written into it, and one that is taken works');
select isnt_empty($$select from outcome where said = 'taken' and value like '%drop table%'$$, 'some of it is taken');
reset role;
select results_eq('select n from witness', array[1], 'and is a text wherever it goes');
select is((select count(*) from pgcrm.stream where not shipped), 0::bigint, 'nothing is left of it');

-- The same texts as the keys of objects.
set role tap_definer;
select is_empty($$select part, value, said from (select part, value, outcome_of(part, 'x') as said from public.hostile h
                      cross join lateral (values (array['match', h.value]), (array['observation', 'status', 'map', h.value]), (array['observation', 'when', h.value]), (array['stage', 'deleted_when', h.value]), (array[h.value])) k(part)) t
                  where said not in ('taken', 'refused 22023')$$, 'nor by a key');
reset role;
select results_eq('select n from witness', array[1], 'as well');
select is(taken_back($$select crm_stream_define('''; drop table witness; --', '{}')$$), '42602', 'a source has a plain name');

-- ---------------------------------------------------------------- in the place of a shipped stream

-- Another type of a column, another key: the accounts of others keep their tables and say so.
create function shipped() returns jsonb language sql security definer stable as $$select mapping from pgcrm.stream where stream = 'lead_created' and shipped$$;
create function column_as(type text) returns jsonb
language sql stable as $$
    select jsonb_set(m, array['columns', (n - 1)::text, 'type'], to_jsonb(type)) from (select shipped() as m) s, jsonb_array_elements(m -> 'columns') with ordinality c(v, n) where v ->> 'name' = 'title'
$$;
set role tap_definer;
select is(error_of($$select crm_stream_define('nocrm', column_as('bigint'))$$), null, 'a definer may change a stream of others'' accounts');
select is(left(error_of(format('select crm_ingest(''strong'', %L::jsonb)', webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1) || '{"title": 7}'))), 5), '55000', 'which then take no event of it');
select is(error_of($$select crm_ingest('strong', '{"type": "other"}')$$), null, 'but go on with the others');
reset role;
select col_type_is('strong', 'lead_created', 'title', 'text', 'their tables are as they were');
select is((select outcome from crm_refresh('strong')), 'refreshed', 'they are refreshed');
set role tap_definer;
select is(error_of($$select crm_stream_drop('nocrm', 'lead_created')$$), null, 'and the shipped one comes back');
reset role;
select is((crm_ingest('strong', webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))::jsonb)).outcome, 'stored', 'with which events come in again');
select is((select outcome from crm_refresh('strong')), 'refreshed', 'as before');
select is_empty($$select * from crm_verify('strong')$$, 'and right');

select crm_account_drop('strong', false), crm_account_drop('forms', false);
drop owned by tap_definer cascade;
drop role tap_definer;
select is(to_regrole('tap_definer'), null, 'nothing is left of him');
select finish();
