-- crm_stream_define takes a mapping whole, with the tables of all accounts that it concerns, or refuses it with every
-- fault and changes nothing.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
\set VERBOSITY default

-- Every fault has its place.
select crm_stream_define('forms', '{"stream": "stage", "match": {}, "key": ["nummer"], "colour": 1,
    "columns": [{"name": "number", "type": "txt", "at": "number"}]}');
select crm_stream_define('Forms', '{}');
select crm_stream_define(null, '{}');
select crm_stream_define('forms', null);

-- A rule is one expression over the columns, and a condition.
create function visits(rules text[]) returns jsonb language sql as $$
    select jsonb_build_object('stream', 'visit', 'match', '{"/type": "visit"}'::jsonb, 'key', '["number"]'::jsonb, 'columns', '[
        {"name": "number", "type": "text", "at": "/number", "required": true},
        {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
        {"name": "deal", "type": "text", "at": "/deal", "required": true},
        {"name": "room", "type": "text", "at": "/room"},
        {"name": "value", "type": "numeric", "at": "/value"},
        {"name": "received_at", "type": "timestamptz", "from": "arrival"},
        {"name": "raw_data", "type": "jsonb", "from": "body"}]'::jsonb,
        'observation', '{"kind": "moved", "lead": "deal", "at": "at", "stage_name": "room", "amount": "value"}'::jsonb)
        || case when rules <> '{}' then jsonb_build_object('rules', (
            select jsonb_agg(jsonb_build_object('check', c, 'problem', 'no. ' || n)) from unnest(rules) with ordinality r(c, n))) else '{}' end
$$;
select crm_stream_define('forms', visits(array[
    'value >= 0',
    'value',
    'price > 0',
    'value > 0) or (true',
    'true; drop table pgcrm.stream',
    'true from pg_class',
    'true, false',
    'value > 0 order by value',
    'exists (select from pg_class)',
    '$1 is null',
    'count(*) > 0',
    'generate_series(1, 2) > 1',
    'row_number() over () = 1',
    'value > 0 as x',
    'nobodys.function(value)',
    'room ~ ''^[A-Z]'' or room is null -- a comment']));
select count(*) from pgcrm.stream where source = 'forms';

-- A source begins with its first stream.
select crm_stream_define('forms', visits(array['value >= 0', 'length(room) < 10 -- rooms have short names']));
select crm_account_create('office', source => 'forms', compatible_views => true);
select crm_account_create('branch', source => 'forms');
select crm_account_create('elsewhere');
select account, outcome, stream from (values ('office'), ('branch')) a(account),
    crm_ingest(account, '{"type": "visit", "number": "1", "deal": "7", "at": "2026-01-09T10:00:00Z", "room": "Hall", "value": 5}');

-- Another stream comes: its table is there at once, and nobody else's changes.
select crm_stream_define('forms', visits('{}') || '{"stream": "call", "match": {"/type": "call"}}');
select stream, ordinal, shipped from pgcrm.stream where source = 'forms' order by ordinal;
select crm_stream_define('forms', visits('{}') || '{"stream": "call", "match": {"/type": ["call", "ring"]}}', ordinal => 0);
select stream, ordinal from pgcrm.stream where source = 'forms' order by ordinal;
select relation::regclass from unnest(array['office.call', 'branch.call', 'elsewhere.call', 'office_call']) n(name), to_regclass(name) relation;
select outcome, stream from crm_ingest('office', '{"type": "ring", "number": "2", "deal": "7", "at": "2026-01-10T10:00:00Z", "room": "Desk"}');

-- A column comes; one that changes its type is refused, whatever account it is in, and changes nothing.
select crm_stream_define('forms', jsonb_set(visits('{}'), '{columns,7}', '{"name": "floor", "type": "integer", "at": "/floor"}'));
select outcome from crm_ingest('office', '{"type": "visit", "number": "3", "deal": "8", "at": "2026-01-11T10:00:00Z", "floor": 4}');
select number, floor from office.visit order by number;
alter table office.visit add column shoe text;
select crm_stream_define('forms', jsonb_set(visits('{}'), '{columns,7}', '{"name": "shoe", "type": "integer", "at": "/shoe"}'));
select c ->> 'name' as last_column from pgcrm.stream, jsonb_path_query(mapping, '$.columns[last]') c where source = 'forms' and stream = 'visit';
select count(*) from pg_attribute where attrelid = 'branch.visit'::regclass and attname = 'shoe' and not attisdropped;

-- Written by hand, a stream has no table until the account is upgraded, and ingest says so.
insert into pgcrm.stream (source, stream, ordinal, mapping) select 'forms', 'mail', 9, visits('{}') || '{"stream": "mail", "match": {"/type": "mail"}}';
update pgcrm.stream set mapping = jsonb_set(mapping, '{columns,8}', '{"name": "hat", "type": "text", "at": "/hat"}') where source = 'forms' and stream = 'visit';
select crm_ingest('office', '{"type": "mail", "number": "4", "deal": "7", "at": "2026-01-12T10:00:00Z"}');
create table bodies (body text);
insert into bodies values ('{"type": "visit", "number": "5", "deal": "7", "at": "2026-01-12T10:00:00Z"}');
select crm_ingest_table('office', 'bodies');
select crm_account_upgrade('office');
select outcome from crm_ingest('office', '{"type": "mail", "number": "4", "deal": "7", "at": "2026-01-12T10:00:00Z"}');

-- An account of an older layout is left alone, and said.
update branch.account set layout_version = 1;
select crm_stream_define('forms', visits('{}') || '{"stream": "letter", "match": {"/type": "letter"}}');
update branch.account set layout_version = (select layout_version from office.account);

-- A row of one's own in the place of a shipped one.
set client_min_messages = notice;
select crm_stream_define('nocrm', (select jsonb_set(mapping, '{columns,99}', '{"name": "note", "type": "text", "at": "/webhook_event/data/note"}')
                                   from pgcrm.stream where source = 'nocrm' and stream = 'lead_created'));
set client_min_messages = warning;
select outcome from crm_ingest('elsewhere', webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming') || '{"note": "hello"}')::jsonb);
select note from elsewhere.lead_created;
select ordinal, shipped, mapping @? '$.columns[*] ? (@.name == "note")' as has_note from pgcrm.stream where stream = 'lead_created' order by shipped;
select crm_stream_drop('nocrm', 'lead_created');
select outcome from crm_ingest('elsewhere', webhook(2, 'lead.creation', 8, '2026-01-10 09:00Z', step(201, 'Incoming') || '{"note": "hello"}')::jsonb);
select id, note from elsewhere.lead_created order by id;

-- What cannot be dropped.
select crm_stream_drop('nocrm', 'lead_created');
select crm_stream_drop('nocrm', 'nothing');
select crm_stream_drop('forms', stream) from unnest(array['mail', 'letter', 'call']) stream;
select crm_stream_drop('forms', 'visit');
select count(*) from office.call;
select outcome from crm_rebuild('office') r, crm_refresh('office');
select * from crm_verify('office');
select lead_id, event_id from office.observation where origin = 'call';
select crm_account_drop(account, keep_data => false) from unnest(array['office', 'branch', 'elsewhere']) account;
select crm_stream_drop('forms', 'visit');
select crm_account_create('office', source => 'forms');

drop extension pgcrm;
drop table bodies;
drop function webhook, step, visits;
