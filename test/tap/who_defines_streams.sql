-- Who may define streams: the extension's owner and whom he lets. It opens no account: tables are made in those that the
-- definer owns, as their owner, and rules are tried with the definer's own rights.
\ir include/extension.psql
set client_min_messages = error; -- accounts of others are warned of
select plan(24);

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
select is(crm_account_upgrade('theirs'), 3, 'its owner mends it');
select is((crm_ingest('theirs', '{"type": "call", "number": "1", "at": "2026-01-01T10:00:00Z"}')).outcome, 'stored', 'and events come in');
reset role;
select table_owner_is('theirs', 'call', 'tap_other', 'with a table of his own');

-- ---------------------------------------------------------------- rules

create table witness (who name);
grant insert on witness to public;
create schema trap;
grant usage on schema trap to public;
create function trap.runs() returns boolean language sql as $$insert into public.witness values (current_user) returning true$$;
create function trap.digs() returns boolean language plpgsql as $$begin create temporary table hole (); return true; end$$;
set role tap_definer;
select is(error_of($$select crm_stream_define('forms', visits('{"rules": [{"check": "trap.runs()", "problem": "trapped"}]}'))$$), null,
          'a rule may call a function');
select throws_ok($$select crm_stream_define('forms', visits('{"rules": [{"check": "trap.digs()", "problem": "trapped"}]}'))$$, '22023', null,
                 'which can leave nothing behind');
select throws_ok($$select crm_stream_define('forms', visits('{"rules": [{"check": "pg_read_file(''PG_VERSION'') > ''''", "problem": "trapped"}]}'))$$, '22023', null,
                 'and do what the definer may');
reset role;
select is((select array_agg(distinct who) from witness), array['tap_definer'::name], 'it was tried as the definer');
select is((select mapping #>> '{rules,0,check}' from pgcrm.stream where stream = 'visit'), 'trap.runs()', 'a refused mapping changes nothing');

-- ---------------------------------------------------------------- errors

select throws_ok($$select crm_stream_define('forms', '{}')$$, '22023', null, 'a faulty mapping');
select throws_ok($$select crm_stream_define('Forms!', visits())$$, '42602', null, 'no name of a source');
select throws_ok($$select crm_stream_drop('nocrm', 'lead_created')$$, '55000', null, 'a shipped stream cannot be dropped');
begin isolation level repeatable read;
select throws_ok($$select crm_stream_define('forms', visits())$$, '25001', null, 'nor anything be defined under an old snapshot');
commit;

select crm_account_drop(account, keep_data => false) from unnest(array['mine', 'theirs']) account;
drop owned by tap_definer, tap_other;
drop role tap_definer, tap_other;
select is(to_regrole('tap_definer'), null, 'nothing is left of the roles');
select finish();
