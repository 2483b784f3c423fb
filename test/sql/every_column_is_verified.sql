-- crm_verify tells of a change in any column of what it compares. The tables and columns are those that an account has: one that
-- comes later is compared, or has its reason here.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

-- A year that was reported, then late events of it: every table that crm_verify looks at has rows.
select outcome, count(*) from crm_ingest_batch('office', array[
    webhook(1, 'account.step.created', 201, '2021-01-01 09:00Z', '{"name": "Incoming", "position": 1, "pipeline": {"id": 1, "name": "Sales"}}'),
    webhook(2, 'account.step.created', 202, '2021-01-01 09:00Z', '{"name": "Visit", "position": 2, "pipeline": {"id": 1, "name": "Sales"}}'),
    webhook(3, 'account.step.created', 203, '2021-01-01 09:00Z', '{"name": "Offer", "position": 3, "pipeline": {"id": 1, "name": "Sales"}}'),
    webhook(11, 'lead.creation', 7, '2021-01-10 09:00Z', step(201, 'Incoming', amount => 10)),
    webhook(12, 'lead.step.changed', 7, '2021-01-20 09:00Z', step(202, 'Visit', amount => 20)),
    webhook(13, 'lead.deleted', 7, '2021-02-20 09:00Z')]) group by 1;
select outcome from crm_refresh('office');
select outcome, count(*) from crm_ingest_batch('office', array[
    webhook(21, 'lead.creation', 8, '2021-01-11 09:00Z', step(201, 'Incoming', amount => 10)),
    webhook(22, 'lead.step.changed', 8, '2021-01-21 09:00Z', step(202, 'Visit', amount => 20)),
    webhook(23, 'lead.status.changed', 8, '2021-02-21 09:00Z', step(202, 'Visit', status => 'won')),
    webhook(24, 'lead.step.changed', 8, '2021-03-21 09:00Z', step(201, 'Incoming', amount => 30)),
    webhook(25, 'lead.step.changed', 8, '2021-04-21 09:00Z', step(203, 'Offer', amount => 40))]) group by 1;
select outcome from crm_refresh('office');
select * from crm_verify('office');

-- What a person sets counts from the next refresh on: one row says so, and no stay or mart is called wrong.
begin;
update office.stage set position = 9 where stage_id = '201';
select * from crm_verify('office');
select outcome from crm_refresh('office');
select * from crm_verify('office');
rollback;

-- Months that were reported, and changes of them, that are gone.
begin;
delete from office.reported;
select relation, key, column_name, count(*) from crm_verify('office') group by 1, 2, 3 having count(*) > 0 and relation = 'reported';
rollback;
begin;
delete from office.restatement where mart = 'funnel_monthly_by_owner' and measure = 'entries' and cell[1] = '201';
select relation, key, column_name, stored, expected from crm_verify('office');
rollback;

-- Why nothing is said of a change in a column.
create table excepted (relation text, column_name text, reason text);
insert into excepted values
    ('account', 'created_at', 'nothing follows from it'),
    ('account', 'refresh_error', 'a message to people'),
    ('account', 'reported_from', 'a setting'),
    ('account', 'restatement_scope', 'a setting'),
    ('stage', 'funnel_step', 'a person''s word; no number follows from it'),
    ('stage', 'kpi_name', 'a person''s word; no number follows from it'),
    ('refresh_run', 'kind', 'a record of what was done'),
    ('refresh_run', 'ended_at', 'a record of what was done'),
    ('refresh_run', 'leads', 'a record of what was done'),
    ('refresh_run', 'observations', 'a record of what was done'),
    ('refresh_run', 'stays_written', 'a record of what was done'),
    ('refresh_run', 'cells_changed', 'a record of what was done'),
    ('quarantine', '', 'bodies as they came'),
    ('other_event', '', 'bodies as they came'),
    ('secret', '', 'who may post, no number'),
    ('pending', '', 'any row of it is told as what it is'),
    ('stuck_lead', '', 'any row of it is told as what it is'),
    ('unread_value', '', 'told to people beside the events; no number follows from it, and a rebuild writes it again');
-- Of an event the columns that its mapping makes something of are compared with what was made of them, in both directions.
insert into excepted
select s.stream, c ->> 'name', 'as it came, and nothing follows from it'
from pgcrm.stream s cross join jsonb_array_elements(s.mapping -> 'columns') c
where s.source = 'nocrm'
  and not exists (
      select from jsonb_path_query(jsonb_build_array(s.mapping -> 'observation', s.mapping -> 'stage', s.mapping -> 'key'), '$.**') u
      where u = c -> 'name');
-- Streams of which the account has no event: their tables have the columns of those above, or of the mappings alone.
insert into excepted
select s.stream, '', 'no event here'
from pgcrm.stream s
where s.source = 'nocrm' and s.stream in ('lead_changed', 'client_folder_created', 'lead_snapshot', 'action_history');

create view column_of_account as
select c.relname::text as relation, a.attname::text as column_name, format_type(a.atttypid, null) as type
from pg_class c
join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'office'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped;

-- Another value of a type, also in the place of a null.
create function another(type text, column_name text) returns text language sql as $$
    select format(case type
        when 'bigint' then 'coalesce(%1$I + 100, 99)'
        when 'smallint' then '%1$I # 1::smallint'
        when 'integer' then 'coalesce(%1$I + 100, 99)'
        when 'numeric' then 'coalesce(%1$I + 100, 99)'
        when 'boolean' then 'not %1$I'
        when 'date' then 'coalesce(%1$I + interval ''1 year'', ''2021-01-01'')'
        when 'timestamp with time zone' then 'coalesce(%1$I + interval ''1 day'', ''2021-01-05'')'
        when 'text[]' then 'array_append(%1$I, ''x'')'
        when 'jsonb' then '''{}'''
        when 'text' then case when column_name like '%time_zone' then '''Asia/Tokyo''' else 'coalesce(%1$I || ''x'', ''x'')' end
    end, column_name)
$$;

-- How much crm_verify tells; an account that it refuses is told of as well.
create function told() returns bigint language plpgsql as $$
begin
    return (select count(*) from crm_verify('office'));
exception when object_not_in_prerequisite_state or undefined_object then
    return 1;
end $$;

-- Changes one row after the other of a table, as if somebody had done it by hand, and counts the changes that crm_verify does not
-- tell of. One row, and every delta.
create function untold(relation text, column_name text, value text) returns bigint language plpgsql as $$
declare
    each tid;
    missed bigint := 0;
    differences bigint;
begin
    for each in execute format('select t.ctid from office.%I t order by t limit %s', relation, case column_name when 'delta' then 99 else 1 end) loop
        begin
            execute format('update office.%I t set %I = %s where t.ctid = $1', relation, column_name, value) using each;
            differences := told();
            raise exception using errcode = 'UNDO1';
        exception when sqlstate 'UNDO1' then
            missed := missed + (differences = 0)::integer;
        end;
    end loop;
    return missed;
end $$;

-- By hand means also: past the constraints, which would keep out some of it.
do $$
declare each record;
begin
    for each in select conrelid::regclass as relation, conname from pg_constraint where connamespace = 'office'::regnamespace and contype = 'c' loop
        execute format('alter table %s drop constraint %I', each.relation, each.conname);
    end loop;
end $$;

-- No column without a reason goes unnoticed, and none has a reason that needs none.
create table seen as
select c.relation, c.column_name, untold(c.relation, c.column_name, another(c.type, c.column_name)) as missed
from column_of_account c
where not exists (select from excepted e where e.relation = c.relation and e.column_name = '');
select s.relation, s.column_name, s.missed from seen s
where s.missed > 0 and not exists (select from excepted e where e.relation = s.relation and e.column_name = s.column_name) order by 1, 2;
select b as bit_of_said from generate_series(0, 7) b where untold('observation', 'said', format('said # (1 << %s)::smallint', b)) > 0;
select e.relation, e.column_name, e.reason from excepted e
join seen s using (relation, column_name) where s.missed = 0 order by 1, 2;
select e.relation, e.column_name from excepted e where e.column_name <> ''
except select relation, column_name from column_of_account order by 1, 2;
select count(*) > 130 as are_many from seen;
-- Every table has rows to change.
create function is_empty(relation text) returns boolean language plpgsql as $$
declare found boolean;
begin
    execute format('select not exists (select from office.%I)', relation) into found;
    return found;
end $$;
select distinct s.relation from seen s where is_empty(s.relation);

select crm_account_drop('office', keep_data => false);
drop table excepted, seen;
drop view column_of_account;
drop function another, is_empty, told, untold, webhook, step;
