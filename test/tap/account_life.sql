-- An account from its making to its end: what it may be called, what it is made with, what stays when
-- it goes, and what those hear who ask for one that is not there.
\ir include/extension.psql
select plan(80);

create function lead_comes(account text) returns text
language sql
return (select outcome from crm_ingest_batch(account, array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]));

-- ---------------------------------------------------------------- made

select lives_ok($$select crm_account_create('office', time_zone => 'Europe/Paris')$$, 'an account is made');
select lives_ok($$select crm_account_create(account => 'office', source => 'nocrm', time_zone => 'Europe/Paris')$$, 'again, with the same arguments: nothing happens');
select results_eq('select account, source, time_zone from office.account', $$values ('office' collate "C", 'nocrm', 'Europe/Paris')$$,
                  'its own row says what it is');
select throws_ok($$select crm_account_create('office')$$, '42710', 'account "office" already exists with other settings', 'not with other arguments');
select throws_ok($$select crm_account_create('office', time_zone => 'Europe/Rome')$$, '42710', null, 'nor in another zone');

select throws_ok(format('select crm_account_create(%L)', name), '42602', format('invalid account name "%s"', name), 'no name: "' || name || '"')
from unnest(array['', 'Office', '1office', '_office', 'of fice', 'of-fice', 'büro', 'office"', repeat('a', 42)]) name;
select throws_ok(format('select crm_account_create(%L)', name), '42939', format('account name "%s" is reserved', name), 'reserved: ' || name)
from unnest(array['public', 'information_schema', 'cron', 'pgcrm', 'crm_bi', 'pg_catalog', 'pg_office']) name;
select lives_ok(format('select crm_account_create(%L)', name), 'a fine name: ' || name)
from unnest(array['select', 'a', 'user', 'o_1', 'rpad_' || repeat('a', 36)]) name;

select is(error_of($$select crm_account_create('b', source => 'abacus')$$), '42704 | source "abacus" does not exist | Table pgcrm.stream lists the sources.',
          'an unknown source');
select is(error_of(format('select crm_account_create(''b'', time_zone => %L)', zone)),
          format('22023 | unknown time zone "%s" | Use UTC or a full name of view pg_timezone_names, such as America/Mexico_City.', zone),
          'no full name of a zone: ' || zone)
from unnest(array['CET', 'EST', 'utc', 'Mars/Olympus', '+02', '<+02>-02', 'europe/paris', '']) zone;
select throws_ok($$update office.account set time_zone = 'CET'$$, '23514', null, 'nor later by hand');
select is((select count(*) from pg_namespace where nspname = 'b'), 0::bigint, 'a refused account leaves no schema');
create schema taken;
select throws_ok($$select crm_account_create('taken')$$, '42P06', 'schema "taken" already exists', 'a schema that is there is not taken over');

-- ---------------------------------------------------------------- what cannot be stored is counted

select results_eq($$select outcome, count(*) from crm_ingest_batch('office', array_fill('not json'::text, array[10000])) group by 1$$,
                  $$values ('quarantined', 10000::bigint)$$, 'the same bad body 10,000 times');
call ingest('office', array['not json', '{"webhook_event": {"id": "x", "event": "lead.deleted", "data": {"updated_at": "tomorrow"}}}', null]);
select results_eq($$select convert_from(body, 'UTF8') collate "default", times, cardinality(problems), first_received_at < last_received_at from office.quarantine order by body$$,
                  $$values ('', 1::bigint, 1, false), ('not json', 10001, 1, true),
                           ('{"webhook_event": {"id": "x", "event": "lead.deleted", "data": {"updated_at": "tomorrow"}}}', 1, 3, false)$$,
                  'is one row; each row has all reasons');
call ingest('office', array_fill(webhook(5, 'prospect.created', 1, '2026-01-01T00:00:00Z'), array[3]));
select results_eq('select event, times from office.other_event', $$values ('prospect.created', 3::bigint)$$, 'so is an event of another kind');
select results_eq($$select quarantined, unhandled, pending_leads from pgcrm.account_status where account = 'office'$$,
                  $$values (3::bigint, 3::bigint, 0::bigint)$$, 'and the status tells');

-- ---------------------------------------------------------------- crm_bi follows

create view accounts_shown as
select array(select distinct account from crm_bi.sales_funnel_monthly order by account) as sales,
       array(select distinct account from crm_bi.funnel_monthly order by account) as funnel;

select is((select accounts_shown from accounts_shown), row('{}'::text[], '{}'::text[])::accounts_shown, 'without events crm_bi is empty');
select is(array[lead_comes('office'), lead_comes('select')], array['stored', 'stored'], 'a lead comes to two accounts');
select is((select count(*) from crm_refresh() where outcome = 'refreshed'), 6::bigint, 'all accounts are refreshed by one call');
select is((select accounts_shown from accounts_shown), row('{office,select}'::text[], '{office,select}'::text[])::accounts_shown, 'crm_bi shows both');

-- ---------------------------------------------------------------- dropped

select crm_account_drop('office');
select is((select accounts_shown from accounts_shown), row('{select}'::text[], '{select}'::text[])::accounts_shown, 'dropped: crm_bi forgets it');
select is((select count(*) from office.stage_history), 1::bigint, 'its data stay');
select is(lead_comes('select'), 'duplicate', 'the other account works on');
select crm_account_drop('select', keep_data => false);
select is((select accounts_shown from accounts_shown), row('{}'::text[], '{}'::text[])::accounts_shown, 'dropped with its data: crm_bi is empty');
select hasnt_schema('select', 'and its schema is gone');
select lives_ok($$select crm_account_create('select')$$, 'it can be made again');
select is(lead_comes('select'), 'stored', 'and knows nothing of its first life');

-- ---------------------------------------------------------------- not there

select throws_ok(call, '42704', 'account "nobody" does not exist', 'not there: ' || call)
from unnest(array['select crm_ingest(''nobody'', ''{}'')', 'select crm_ingest_batch(''nobody'', ''{}''::text[])', 'select crm_refresh(''nobody'')',
                  'select crm_rebuild(''nobody'')', 'select crm_verify(''nobody'')', 'select crm_funnel(''nobody'')', 'select crm_account_drop(''nobody'')']) call;

-- ---------------------------------------------------------------- a refresh sees what it takes

begin isolation level repeatable read;
select throws_ok(call, '25001', null, 'repeatable read: ' || call)
from unnest(array['select crm_refresh()', 'select crm_refresh(''select'')', 'select crm_rebuild(''select'')']) call;
commit;
begin isolation level serializable;
select throws_ok('select crm_refresh(''select'')', '25001', null, 'serializable as well');
commit;

-- ---------------------------------------------------------------- without the extension

select is((select outcome from crm_refresh('select')), 'refreshed', 'the marts are up to date');
drop function lead_comes;
select throws_ok('drop extension pgcrm', '2BP01', null, 'DROP EXTENSION is held up by a view over crm_bi');
drop view accounts_shown;
select lives_ok('drop extension pgcrm', 'without one it goes');
select hasnt_schema('crm_bi', 'and takes crm_bi along');
select is((select count(*) from "select".stage_history), 1::bigint, 'but no account');
select lives_ok('create extension pgcrm', 'and CREATE EXTENSION comes back to them');
select is_empty('select account from crm_bi.funnel_monthly', 'of which crm_bi knows none');
select throws_ok($$select crm_account_create('select')$$, '42P06', null, 'without taking them for its own');

select lives_ok(format('select crm_account_adopt(%L)', name), name || ' is adopted') from unnest(array['select', 'office']) name;
select results_eq('select distinct account from crm_bi.funnel_monthly order by 1', array['office', 'select'], 'crm_bi shows both again');
select is_empty($$select * from crm_verify('office') union all select * from crm_verify('select')$$, 'and all is as it was');
select lives_ok($$select crm_account_adopt('office')$$, 'again: nothing happens');
select throws_ok($$select crm_account_adopt('nobody')$$, '3F000', null, 'no schema, no account');
select throws_ok($$select crm_account_adopt('taken')$$, '55000', 'schema "taken" is no account''s', 'nor is any schema one');
select throws_ok($$select crm_account_adopt('pg_catalog')$$, '42939', null, 'least of all the server''s');
select finish();
