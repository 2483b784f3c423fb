-- Who may define streams: the extension's owner and whom he lets. It opens no account: tables are made in those that the
-- definer owns, as their owner, and rules, which run as each owner of the source, are made of the server's own immutable
-- functions, operators and casts alone.
\ir include/extension.psql
set client_min_messages = error; -- accounts of others are warned of
select plan(78);

create role tap_definer;
create role tap_other;
grant create on database :DBNAME to tap_definer, tap_other;
grant execute on function crm_account_create, crm_account_upgrade, crm_ingest(text, jsonb) to tap_definer, tap_other;

create function visits(said jsonb default '{}') returns jsonb language sql as $$
    select '{"stream": "visit", "match": {"/type": "visit"}, "key": ["number"], "columns": [
        {"name": "number", "type": "text", "at": "/number", "required": true},
        {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
        {"name": "received_at", "type": "timestamptz", "from": "arrival"},
        {"name": "raw_data", "type": "jsonb", "from": "body"}],
        "observation": {"kind": "moved", "lead": "number", "at": "at"}}'::jsonb || said
$$;

set role tap_definer;
select throws_ok($$select crm_stream_define('forms', visits())$$, '42501', null, 'nobody may define who was not let');
select throws_ok($$select crm_stream_drop('forms', 'visit')$$, '42501', null, 'nor drop');
reset role;
grant execute on function crm_stream_define, crm_stream_drop to tap_definer;

set role tap_definer;
select lives_ok($$select crm_stream_define('forms', visits())$$, 'whom the owner lets may define');
select throws_ok('select * from pgcrm.stream', '42501', null, 'and still sees no more of the catalog');
select lives_ok($$select crm_account_create('mine', source => 'forms')$$, 'his account of that source');
set role tap_other;
select lives_ok($$select crm_account_create('theirs', source => 'forms')$$, 'and another''s');

-- ---------------------------------------------------------------- tables

set role tap_definer;
select is(error_of($$select crm_stream_define('forms', visits('{"stream": "call", "match": {"/type": "call"}}'))$$), null, 'a stream comes');
reset role;
select table_owner_is('mine', 'call', 'tap_definer', 'his account has its table');
select hasnt_table('theirs', 'call', 'the other one has not');
set role tap_other;
select is(error_of($$select crm_ingest('theirs', '{"type": "call", "number": "1", "at": "2026-01-01T10:00:00Z"}')$$),
          '55000 | the tables of account "theirs" are not up to date | Let its owner run: select crm_account_upgrade(''theirs'').',
          'which ingest says, and how it is mended');
select lives_ok($$select crm_ingest('theirs', '{"type": "visit", "number": "1", "at": "2026-01-01T10:00:00Z"}')$$, 'other streams go on');
select is(crm_account_upgrade('theirs'), 4, 'its owner mends it');
select is((crm_ingest('theirs', '{"type": "call", "number": "1", "at": "2026-01-01T10:00:00Z"}')).outcome, 'stored', 'and events come in');
reset role;
select table_owner_is('theirs', 'call', 'tap_other', 'with a table of his own');

-- ---------------------------------------------------------------- rules

-- Whatever runs of the definer's leaves its caller here; it calls itself immutable, so that planning alone would run it.
create table witness (who name);
grant insert on witness to public;
create schema trap;
grant usage, create on schema trap to tap_definer;
grant usage on schema trap to public;
set role tap_definer;
create function trap.notes() returns void language sql as 'insert into public.witness values (current_user)';
create function trap.runs() returns boolean language plpgsql immutable as 'begin perform trap.notes(); return true; end';
create function trap.runs(text) returns boolean language plpgsql immutable as 'begin perform trap.notes(); return true; end';
create function trap.same(a text, b text) returns boolean language sql immutable return trap.runs(a);
create function trap.next(state boolean, a text) returns boolean language sql immutable return trap.runs(a);
create aggregate trap.every (text) (sfunc = trap.next, stype = boolean);
create operator trap.= (leftarg = text, rightarg = text, function = trap.same);
create domain trap.checked as text check (trap.runs(value));
create type trap.pair as (a trap.checked);
create type trap.words as enum ('a', 'b');
create function trap.of_pair(a trap.pair) returns boolean language sql immutable return trap.runs();
create cast (trap.pair as boolean) with function trap.of_pair(trap.pair);
create collation trap.letters from "C";
create table trap.parted (number text) partition by hash ((case when trap.runs('planned') then number end));
reset role;
truncate witness; -- by what was made

-- Most do not exist for the extension, which names the server's alone; the others are found before they are run.
create table planted (rule text primary key, says text not null);
insert into planted values
    ('trap.runs()', 'it names trap.runs, which is not in pg_catalog'),
    ('runs()', 'function runs() does not exist'),
    ('number operator(trap.=) ''x''', 'it names trap.=, which is not in pg_catalog'),
    ('number operator(trap.=) any (array[''x''])', 'it names trap.=, which is not in pg_catalog'),
    ('not (case number when ''x'' then trap.runs(number) else true end)', 'it names trap.runs, which is not in pg_catalog'),
    ('coalesce(nullif(number, ''x'') is null, trap.runs())', 'it names trap.runs, which is not in pg_catalog'),
    ('(array[true])[case when trap.runs() then 1 end]', 'it names trap.runs, which is not in pg_catalog'),
    ('starts_with(prefix => number, string => trap.runs()::text)', 'it names trap.runs, which is not in pg_catalog'),
    ('trap.every(number)', 'it names trap.every, which is not in pg_catalog'),
    ('''x''::trap.checked = ''x''', 'it names trap.checked, which is not in pg_catalog'),
    ('trap.checked(''x'') = ''x''', 'it names trap.checked, which is not in pg_catalog'),
    ('trap.checked ''x'' = ''x''', 'it names trap.checked, which is not in pg_catalog'),
    ('''(x)''::trap.pair is null', 'it names trap.pair, which is not in pg_catalog'),
    ('''{x}''::trap.checked[] is null', 'it names trap.checked, which is not in pg_catalog'),
    ('row(number)::trap.pair is null', 'it names trap.pair, which is not in pg_catalog'),
    ('row(number)::trap.pair::boolean', 'it names trap.pair, which is not in pg_catalog'),
    ('(row(number)::trap.pair).a = ''x''', 'it holds more than%'),
    ('''a''::trap.words = ''a''', 'it names trap.words, which is not in pg_catalog'),
    ('number = ''x'' collate trap.letters', 'it names trap.letters, which is not in pg_catalog'),
    ('''x''::pg_temp.here is null', 'it names pg_temp.here, which is not in pg_catalog'),
    ('''x''::trap.parted.number%type is null', '%'),
    ('number.runs', '%'),
    ('r.runs', '%'),
    ('r.trap.runs', '%'),
    ('(r).number = ''x''', 'it holds more than%'),
    ('row(r.*) is null', 'it holds more than%'),
    ('r is null', 'it holds more than%'),
    ('r::text = ''x''', 'it casts record to text%'),
    ('satisfies_hash_partition(''trap.parted''::regclass, 2, 0, number)', 'it names type regclass%'),
    ('satisfies_hash_partition(''trap.parted''::pg_catalog.regclass, 2, 0, number)', 'it names type pg_catalog.regclass%'),
    ('satisfies_hash_partition(4711, 2, 0, number)', 'it has a value of type oid%'),
    ('to_tsvector(''trap.words'', number) is null', '%'),
    ('has_table_privilege(''trap.parted'', ''select'')', 'it calls has_table_privilege(text,text), which is not immutable'),
    ('at < now()', 'it calls now(), which is not immutable'),
    ('random() < 0.5', 'it calls random(), which is not immutable'),
    ('current_user = ''x''', 'it holds more than%'),
    ('at < current_timestamp', 'it holds more than%'),
    ('pg_read_file(''PG_VERSION'') > ''''', 'it calls pg_read_file(text), which is not immutable'),
    ('query_to_xml(''select trap.runs()'', true, true, '''') is null', 'it has a value of type xml%'),
    ('generate_series(1, 2) > 1', '%'),
    ('count(*) > 1', '%'),
    ('row_number() over () > 1', '%'),
    ('number::timestamptz < at', 'it casts text to timestamp with time zone, which depends on settings%'),
    ('at::text = number', 'it casts timestamp with time zone to text, which depends on settings%'),
    ('number = any (array[at]::text[])', 'it casts timestamp with time zone to text, which depends on settings%'),
    ('at::date > ''2020-01-01''', 'it calls date(timestamp with time zone), which is not immutable'),
    ('exists (select trap.runs())', 'expected one SQL expression%'),
    ('number = $1', 'expected one SQL expression%');
grant select on planted to tap_definer;

-- Each alone, from whoever may define, and by hand, as a dump may bring it.
create function refusal_of(statement text) returns text
language plpgsql as $$
declare
    said text;
begin
    execute statement;
    return 'taken';
exception when invalid_parameter_value then
    get stacked diagnostics said = pg_exception_detail;
    return regexp_replace(said, '^At "/rules/0/check": (.*)\.$', '\1');
end
$$;
create function with_rule(rule text) returns jsonb
language sql return visits(jsonb_build_object('rules', jsonb_build_array(jsonb_build_object('check', rule, 'problem', 'trapped'))));

set role tap_definer;
create temporary table here (number text); -- of his session
select is(said, case when said like says and said <> 'taken' then said else says end, rule)
from (select rule, says, refusal_of(format('select crm_stream_define(''forms'', %L::jsonb)', with_rule(rule))) as said from planted order by rule offset 0) tried;
select is(refusal_of(format('select crm_stream_define(''forms'', %L::jsonb)', with_rule('''(x)''::here is null'))),
          'it names type here, which is none of the plain values', 'a type of his session is no help');
reset role;
select is_empty('select * from witness', 'and nothing of them has run');
select is((select mapping -> 'rules' from pgcrm.stream where stream = 'visit'), null, 'a refused mapping changes nothing');

-- The account of a superuser, whom the definer may send events to.
select crm_account_create('strong', source => 'forms');
select crm_grant('strong', 'tap_definer', 'ingest');
create function by_hand(rule text) returns text
language plpgsql as $$
declare
    said text;
begin
    update pgcrm.stream set mapping = with_rule(rule) where source = 'forms' and stream = 'visit';
    set local role tap_definer;
    said := refusal_of($q$select crm_ingest('strong', '{"type": "visit", "number": "1", "at": "2026-01-01T10:00:00Z"}')$q$);
    reset role;
    return said;
end
$$;
begin;
select set_eq('select by_hand(rule) is distinct from ''taken'' from planted', array[true], 'written by hand, each is refused as well before a body comes near it');
rollback;
select is_empty('select * from witness', 'and again nothing has run, as nobody');
select is((crm_ingest('strong', '{"type": "visit", "number": "1", "at": "2026-01-01T10:00:00Z"}')).outcome, 'stored', 'the stream as it was goes on');

-- What rules are for.
create table honest (rule text primary key);
grant select on honest to tap_definer;
insert into honest values
    ('number ~ ''^[0-9]+$'' and length(number) between 1 and 9'), ('lower(number) in (''a'', ''b'')'), ('number::bigint % 97 = 1'),
    ('at > ''2000-01-01T00:00:00Z'''), ('at <= received_at'), ('extract(year from at at time zone ''UTC'') > 2000'),
    ('(raw_data ->> ''n'')::numeric >= 0 or raw_data ? ''m'''), ('raw_data @> ''{"type": "visit"}'''), ('jsonb_path_exists(raw_data, ''$.n ? (@ > 0)'')'),
    ('case when number is null then false else coalesce(number, '''') <> '''' end'), ('number = any (string_to_array(''a,b'', '',''))'),
    ('number collate "C" < ''z'' and not number like ''x%'''), ('r.number is distinct from ''x'''), ('(array[number, ''x''])[1] > '''''),
    ('row(number, at) <> row(''x'', null)'), ('greatest(number, ''a'') is not null -- said');
set role tap_definer;
select is((select string_agg(rule || ': ' || error_of(format('select crm_stream_define(''forms'', %L::jsonb)', with_rule(rule))), e'\n') from public.honest), null, 'honest rules are taken');
select is(error_of($$select crm_stream_define('forms', with_rule('1 / 0 = 1'))$$) ~ '^22023', true, 'but for one that fails by itself');
reset role;
select lives_ok($$select crm_ingest('strong', '{"type": "visit", "number": "2", "at": "2026-01-01T10:00:00Z"}')$$, 'and asked of events');
select lives_ok($$update pgcrm.stream set mapping = with_rule('number ~ ''^[0-9]+$''') where source = 'forms' and stream = 'visit'$$, 'as one that was written by hand');
set role tap_definer;
select results_eq($$select outcome, problems from crm_ingest_batch('strong', array['{"type": "visit", "number": "x", "at": "2026-01-01T10:00:00Z"}', '{"type": "visit", "number": "3", "at": "2026-01-01T10:00:00Z"}'])$$,
                  $$values ('quarantined', array['trapped']), ('stored', null)$$, 'which keeps out what breaks it');
reset role;

-- ---------------------------------------------------------------- errors

select throws_ok($$select crm_stream_define('forms', '{}')$$, '22023', null, 'a faulty mapping');
select throws_ok($$select crm_stream_define('Forms!', visits())$$, '42602', null, 'no name of a source');
select throws_ok($$select crm_stream_drop('nocrm', 'lead_created')$$, '55000', null, 'a shipped stream cannot be dropped');
begin isolation level repeatable read;
select throws_ok($$select crm_stream_define('forms', visits())$$, '25001', null, 'nor anything be defined under an old snapshot');
commit;

select crm_account_drop(account, keep_data => false) from unnest(array['mine', 'theirs', 'strong']) account;
drop owned by tap_definer, tap_other cascade;
drop role tap_definer, tap_other;
select is(to_regrole('tap_definer'), null, 'nothing is left of the roles');
select finish();
