-- Whatever a function of the extension is called with, it answers or says what is wrong: no call ends in an
-- internal error (class XX), none takes the backend with it, and none leaves anything behind.
--
-- Every function there is, by pg_depend; each is called with a sample of odd arguments of each parameter's
-- type, in a subtransaction that is rolled back. The sample follows from a seed: PGOPTIONS='-c odd.seed=2'
-- takes another.
\ir include/extension.psql
select plan(8);
set client_min_messages = error;
set jit = off;
select pg_backend_pid() as backend \gset

-- ---------------------------------------------------------------- accounts, sound and broken

do $$ begin
    perform crm_account_create(account)
    from unnest(array['office', 'gone', 'torn', 'older', 'newer', 'rowless', 'elsewhere', 'reshaped', 'left_over']) account;
    call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1)), webhook(2, 'lead.cloned', 7, '2026-01-10T09:00:00Z'), 'no json']);
    perform crm_refresh('office');
    perform crm_secret_add('office');
    perform crm_account_drop('left_over');
end $$;
drop schema gone cascade;
drop table torn.observation, torn.stage, torn.lead_created cascade;
-- as layout 1 was
drop table older.stage_definition, older.unread_value, older.lead_current, older.stuck_lead, older.refresh_run, older.secret, older.funnel_monthly_by_owner, older.funnel_amount_monthly cascade;
alter table older.observation drop column said, drop column attributes, drop column customer, drop column campaign,
    add column amount_said boolean not null default true, add column currency_said boolean not null default true, add column owner_said boolean not null default true;
alter table older.observation alter column owner_said drop default;
alter table older.stage drop column source_position, drop column is_deleted, drop column own_name, drop column own_pipeline;
alter table older.account drop column count_deleted_leads, drop column built_count_deleted_leads;
update older.account set layout_version = 1;
update newer.account set layout_version = 99;
delete from rowless.account;
update elsewhere.account set source = 'nowhere';
alter table reshaped.observation drop column kind, alter column occurred_at type text;
drop table reshaped.stage cascade;
create view reshaped.stage as select 1 as stage_id;
create schema bystander;

-- What crm_ingest_table may be pointed at.
create table body (body text);
insert into body values (webhook(3, 'lead.creation', 8, '2026-01-10T09:00:00Z', step(1))), (null), (''), ('[]');
create table columnless ();
create table parted (body jsonb) partition by list (body);
create view failing as select (1 / (random() * 0)::integer)::text as body;
create view dated as select current_date as body;
create view byte as select '\x00ff'::bytea as body union all select null;
create sequence counter;
create type pair as (body text);

-- ---------------------------------------------------------------- the arguments

-- Expressions for a parameter's type; those with a parameter's name are for that one.
create table odd (type regtype, parameter text, value text);
insert into odd
select 'text'::regtype, 'account', quote_literal(v)
from unnest(array['office', 'gone', 'torn', 'older', 'newer', 'rowless', 'elsewhere', 'reshaped', 'left_over', 'bystander', 'never_made', 'public',
                  'pgcrm', 'crm_bi', 'pg_temp', 'select']) v
union all
select 'text'::regtype, 'account', $$'office'$$ from generate_series(1, 12)
union all
select 'text'::regtype, v[1], quote_literal(v[2])
from (values (array['source', 'nocrm']), (array['source', 'nowhere']), (array['time_zone', 'UTC']), (array['time_zone', 'Europe/Rome']),
             (array['time_zone', 'posixrules']), (array['time_zone', 'Etc/GMT+12']), (array['time_zone', '+99:99']), (array['time_zone', '../../etc/passwd']),
             (array['rule', 'first_entry']), (array['rule', 'every_entry']), (array['rule', 'distinct_per_month']), (array['privilege', 'ingest']),
             (array['privilege', 'read']), (array['what', 'quarantined']), (array['what', 'unhandled']), (array['what', 'stored']),
             (array['stream', 'lead_created']), (array['stream', 'no_stream']), (array['wanted', 'own']), (array['wanted', 'any']),
             (array['mart', 'funnel_monthly']), (array['mart', 'funnel_amount_monthly']), (array['mart', 'funnel']), (array['schedule', '* * * * *']), (array['schedule', '61 25 * * *'])) x(v)
union all
select 'text'::regtype, null, v
from unnest(array['null', $$''$$, $$' '$$, $$repeat('x', 100000)$$, $$repeat('x', 63)$$, $$repeat('é', 40)$$, $$'a"b''c'$$, $$e'a\\b\\'''$$, $$'a;drop table body'$$,
                  $$'%s%I%L$1'$$, $$e'\n\t\x01'$$, $$chr(1114111)$$, $$'OFFICE'$$, $$'office.account'$$, $$'-1'$$, $$'null'$$, $$'{}'$$]) v
union all
select 'name', null, v
from unnest(array['null', $$''$$, 'current_user', $$'nobody_at_all'$$, $$'public'$$, $$'none'$$, $$'pg_read_all_data'$$, $$repeat('x', 63)$$, $$repeat('é', 31)$$, $$'a"b''c\d'$$]) v
union all
select 'boolean', null, v from unnest(array['null', 'true', 'false']) v
union all
select 'bigint', null, v from unnest(array['null', '1', '1', '0', '-1', '9223372036854775807', '-9223372036854775808']) v
union all
select 'interval', null, v
from unnest(array['null', $$'0'$$, $$'1 hour'$$, $$'1 month -30 days'$$, $$'-1 microsecond'$$, $$'178000000 years'$$, $$'-178000000 years'$$, $$'2147483647 days'$$]) v
union all
select 'integer', null, v from unnest(array['null', '0', '-1', '2147483647', '-2147483648']) v
union all
select 'timestamptz'::regtype, null, v
from unnest(array['null', $$'infinity'$$, $$'-infinity'$$, $$'0001-01-01'$$, $$'294276-12-31'$$, $$'2026-01-01'$$, 'now()']) v
union all
select 'date', null, v
from unnest(array['null', $$'infinity'$$, $$'-infinity'$$, $$'0001-01-01'$$, $$'4713-01-01 BC'$$, $$'5874897-12-31'$$, $$'2026-01-01'$$, $$'2026-02-28'$$]) v
union all
select 'regclass', null, v
from unnest(array['null', '0::oid', '4294967295::oid', '1259', $$'pg_authid'$$, $$'office.account'$$, $$'office.pending_mark'$$, $$'office.account_is_unique'$$, $$'body'$$,
                  $$'columnless'$$, $$'parted'$$, $$'failing'$$, $$'dated'$$, $$'byte'$$, $$'counter'$$, $$'pair'$$, $$'pg_toast.pg_toast_1255'$$, $$'crm_bi.funnel_monthly'$$,
                  $$'pg_catalog.pg_stat_activity'$$]) v
union all
select 'oid', null, v
from unnest(array['null', '0', '4294967295', '1259', $$'pg_foreign_table'::regclass$$, $$'pg_foreign_server'::regclass$$]) v
union all
select 'text[]', 'options', v
from unnest(array['null', $$'{}'$$, 'array[null]', $$array['relation=funnel_monthly']$$, $$array['relation=']$$, $$array['relation']$$, $$array['=']$$, $$array['']$$,
                  $$array['relation=lead_current', 'a=b']$$, $$array['relation=' || repeat('x', 2000000)]$$, $$array[['relation=lead_current']]$$]) v
union all
select 'jsonb', null, v
from unnest(array['null', $$'{}'$$, $$'[]'$$, $$'null'$$, 'to_jsonb(0)', 'to_jsonb(-1e300::numeric)', $$to_jsonb('text'::text)$$, 'to_jsonb(true)',
                  $$jsonb_build_object('a', repeat('x', 1048576))$$, $$to_jsonb(array(select generate_series(1, 100000)))$$,
                  $$(repeat('[', 1000) || repeat(']', 1000))::jsonb$$, $$(repeat('{"webhook_event":', 200) || '1' || repeat('}', 200))::jsonb$$,
                  $$webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))::jsonb$$, $$webhook(4, 'lead.creation', 9, '2026-01-10T09:00:00Z', step(2))::jsonb$$,
                  $$webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(3))::jsonb$$, $$webhook(5, 'lead.deleted', -9223372036854775808, 'infinity')::jsonb$$,
                  $$webhook(6, 'lead.creation', 9, '0001-01-01T00:00:00Z', step(1))::jsonb$$, $$webhook(7, 'lead.creation', 9, '2026-01-10T09:00:00Z', '{"step_id": -1, "amount": 1e999}')::jsonb$$,
                  $$'{"webhook_event": {"id": {}, "event": [], "data": "x"}}'$$, $$'{"webhook_event": {"id": 99999999999999999999, "event": "lead.creation", "data": {}}}'$$]) v
union all
select 'text[]', null, v
from unnest(array['null', $$'{}'$$, 'array[null]', $$array[null, '', ' ', '{}', '[]', 'null', '1', '"x"', '{', 'nul']$$, $$array[['{}', '[]'], ['', '1']]$$, $$'[5:6]={a,b}'$$,
                  $$array_fill('{}'::text, array[5000])$$, $$array[repeat('x', 2000000)]$$, $$array[repeat('[', 100000)]$$, $$array[repeat('{"a":', 100000)]$$,
                  $$array[e'{"a": "\\u0000"}', e'{"a": "\\ud800"}', '{"a": 1, "a": 2}', '1e400', '{"a": 1e131073}', '{"webhook_event": 1}']$$,
                  $$(select array_agg(webhook(n, 'lead.creation', n, '2026-01-10T09:00:00Z', step(n % 3))) from generate_series(1, 200) n)$$,
                  $$array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(2)), webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(3))]$$]) v
union all
select 'bytea[]', null, v
from unnest(array['null', $$'{}'$$, 'array[null]::bytea[]', $$array[null, '', '\x00', '\xff', '\xefbbbf7b7d', '\xc080', '\xeda080', '{}']::bytea[]$$, $$array[['{}', '[]'], ['', '1']]::bytea[]$$,
                  $$array_fill('\x00'::bytea, array[5000])$$, $$array[convert_to(repeat('x', 2000000), 'UTF8')]$$, $$array[decode(repeat('7b', 100000), 'hex')]$$,
                  $$(select array_agg(convert_to(webhook(n, 'lead.step.changed', n, '2026-01-10T09:00:00Z', step(n % 3)), 'UTF8')) from generate_series(1, 200) n)$$]) v;

-- ---------------------------------------------------------------- the calls

create view routine as
select p.oid, p.oid::regprocedure::text as signature, p.prokind, p.pronargs, p.pronargdefaults, p.proargtypes, p.proargnames
from pg_depend d
join pg_extension e on e.oid = d.refobjid and e.extname = 'pgcrm'
join pg_proc p on p.oid = d.objid
where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_extension'::regclass and d.deptype = 'e';
select is_empty($$select signature, t::regtype from routine cross join unnest(proargtypes) t where t not in (select type from odd)$$,
                'there are odd arguments for every parameter');

create function draw(seed text) returns bigint
language sql
return ('x' || substr(md5(coalesce(current_setting('odd.seed', true), '1') || seed), 1, 8))::bit(32)::bigint;

-- A parameter that has values of its own has one of these, three times of four.
create function argument(of_type oid, named text, seed text) returns text
language sql
return (
    select o.value from odd o
    where o.type = of_type
      and o.parameter is not distinct from case when draw(seed || 'own') % 4 > 0 and named in (select parameter from odd) then named end
    order by draw(seed || o.value || o.ctid) limit 1);

create table call as
select r.signature, n, format(case r.prokind when 'p' then 'call %s(%s)' else 'select count(r) from %s(%s) r' end,
                              r.oid::regproc, coalesce(a.list, '')) as statement
from routine r
cross join lateral generate_series(1, case when r.pronargs = 0 then 1 
                                               when r.signature like 'crm_account%' then 60 else 160 end) n
cross join lateral (
    select string_agg(argument(r.proargtypes[i], r.proargnames[i + 1], concat_ws('/', r.signature, n, i)) || '::' || r.proargtypes[i]::regtype, ', ' order by i) as list
    -- defaults are arguments as well
    from generate_series(0, r.pronargs - 1 - draw(r.signature || '/' || n) % (r.pronargdefaults + 1)) i) a;

create function state_of(statement text, out state text, out message text, out took interval)
language plpgsql as $$
declare
    started timestamptz := clock_timestamp();
begin
    execute statement;
    raise exception using errcode = 'PG000';
exception when others then
    state := nullif(sqlstate, 'PG000');
    message := sqlerrm;
    took := clock_timestamp() - started;
end
$$;
create table outcome as select c.*, o.* from call c cross join lateral state_of(c.statement) o;

-- ---------------------------------------------------------------- what came of it

select is_empty($$select state, message, left(statement, 300) from outcome where state like 'XX%'$$, 'no call ends in an internal error');
select is_empty($$select signature from routine except select signature from outcome$$, 'every function was called');
select cmp_ok((select count(*) from outcome), '>', 2000::bigint, 'some thousand calls were made');
select is_empty($$select r.signature from routine r where r.proargnames[1] = 'account' and not exists (select from outcome o where o.signature = r.signature and o.state is null)$$,
                'of each function of an account some call went through');
select is(pg_backend_pid(), :backend, 'the backend lives');
select is_empty($$select * from crm_verify('office')$$, 'the account is as it was');
select results_eq($$select 'office'::text, count(*) from office.lead_created$$, $$values ('office', 1::bigint)$$, 'no event more');
select finish();
