-- The same event any number of times, events in the wrong order, and a lead with 20,000 of them:
-- the marts are those of each event once, in order. One of the accounts is called "select".
\ir include/extension.psql
select plan(18);
select crm_account_create('select');
select crm_account_create('in_order');

-- A lead goes to and fro between two steps, once a minute: odd events lead into step 2, even ones into step 1.
create table walk as
select n, webhook(n, 'lead.step.changed', 7, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', step(1 + n % 2)) as body
from generate_series(1, 20000) n;

create function part(first integer, last integer) returns text[]
language sql
return array(select body from walk where n between first and last order by n);

create function reversed(first integer, last integer) returns text[]
language sql
return array(select body from walk where n between first and last order by n desc);

create procedure ingest_and_refresh(account text, bodies text[])
language plpgsql as $$
begin
    call ingest(account, bodies);
    perform crm_refresh(account);
end
$$;

-- ---------------------------------------------------------------- the same event, 10,000 times

select results_eq(
    $$select outcome, count(*) from crm_ingest_batch('select', array_fill((part(1, 1))[1], array[10000])) group by 1 order by 1$$,
    $$values ('duplicate', 9999::bigint), ('stored', 1)$$,
    'of 10,000 equal events in one call one is stored');

select results_eq(
    $$select outcome, count(*)
      from (select body::jsonb from walk where n = 1) w, generate_series(1, 10000), crm_ingest('select', w.body)
      group by 1$$,
    $$values ('duplicate', 10000::bigint)$$,
    '10,000 calls more store none');

select results_eq(
    $$select outcome from walk, crm_ingest('select', jsonb_set(body::jsonb, '{webhook_event,try_count}', '9')) where n = 1$$,
    array['duplicate'],
    'another try of the delivery is a duplicate');

select is((select row(count(*), min(try_count)) from "select".step_changed), row(1::bigint, 0), 'one row is stored, as it came first');
select is((select count(*) from "select".observation), 1::bigint, 'it is observed once');
select is((select count(*) from "select".pending), 1::bigint, 'duplicates mark nothing as pending');
select is((select count(*) from "select".quarantine), 0::bigint, 'none goes to quarantine');

select is((select (outcome, leads, observations, stays_written, cells_changed) from crm_refresh('select')),
          row('refreshed'::text, 1::bigint, 1::bigint, 1::bigint, 3::bigint), 'a refresh makes one stay, in one cell of each mart');
call ingest('select', part(1, 1));
select is((select leads from crm_refresh('select')), 0::bigint, 'after a duplicate nothing is left to do');

-- ---------------------------------------------------------------- backwards, and in order

call ingest_and_refresh('select', reversed(15001, 20000));
call ingest_and_refresh('select', reversed(10001, 15000));
call ingest_and_refresh('select', reversed(1, 10000));
select is_empty($$select * from crm_verify('select')$$, 'backwards: the recomputation agrees');

select is((select count(*) from crm_ingest_batch('in_order', part(1, 20000)) where outcome = 'stored'), 20000::bigint,
          'in order: 20,000 events of one lead are stored by one call');
select is((select (leads, observations, stays_written, cells_changed) from crm_refresh('in_order')),
          row(1::bigint, 20000::bigint, 20000::bigint, 6::bigint), 'in order: as many stays, in two cells of each mart');
select is_empty($$select * from crm_verify('in_order')$$, 'in order: the recomputation agrees');

-- 20,000 minutes end on 14 January. Step 2 comes first and is left 10,000 times for step 1, which is
-- left 9,999 times; every stay that ended lasted a minute.
select results_eq(
    $$select month, stage_id, entries, first_entries, leads, advanced, moved_back, still_open, settled_stays, settled_seconds
      from "select".funnel_monthly
      order by stage_id$$,
    $$values (date '2026-01-01', '1' collate "C", 10000::bigint, 1::bigint, 1::bigint, 9999::bigint, 0::bigint, 1::bigint, 9999::bigint, 599940::numeric),
             (date '2026-01-01', '2', 10000, 1, 1, 0, 10000, 0, 10000, 600000)$$,
    'backwards: the funnel counts each minute once');

select set_eq('select * from "select".stage_history', 'select * from in_order.stage_history', 'both ways end in the same stays');
select set_eq('select * from "select".funnel_monthly', 'select * from in_order.funnel_monthly', 'both ways end in the same funnel');

-- ---------------------------------------------------------------- one event earlier than all

-- 61 minutes before the first move.
call ingest_and_refresh('in_order', array[webhook(20001, 'lead.creation', 7, '2025-12-31T23:00:00Z', step(1))]);
select results_eq(
    $$select s.stay_no, s.outcome, f.month, f.entries, f.settled_seconds
      from in_order.stage_history s
      join in_order.funnel_monthly f on f.month = s.entry_month
      where s.stay_no = 1$$,
    $$values (1, 'advanced', date '2025-12-01', 1::bigint, 3660::numeric)$$,
    'a late creation comes before all stays, and opens December');
select is_empty($$select * from crm_verify('in_order')$$, 'after it: the recomputation agrees');
select finish();
