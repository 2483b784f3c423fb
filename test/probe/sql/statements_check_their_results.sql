-- Rows, plans and cursors: what fits is read, what does not is refused.
select code, message from probe.diagnosed('select probe.wrong_column_type()');
select code, message from probe.diagnosed('select probe.wrong_column_count()');
select code, message from probe.diagnosed('select probe.no_rows_at_all()');
select code, message from probe.diagnosed('select probe.unexpected_null()');
select code, message, detail from probe.diagnosed('select probe.no_such_row()');
select code, message from probe.diagnosed('select probe.run_copy()');
select code, message from probe.diagnosed('select probe.run_commit()');

-- A plan with parameter types that are known at run time: prepared once, used in
-- later statements, with arrays as parameters.
select probe.keep_plan(false);
select * from probe.use_plan(1, 4);
select * from probe.use_plan(3, 4);
select id, word, body, at from probe.bulk order by id;
select code, message from probe.diagnosed('select probe.too_few_parameters()');
-- It is planned again when its table changes, and fails in words of the server when it cannot be.
alter table probe.bulk add column added int default 1;
select * from probe.use_plan(7, 1);
alter table probe.bulk drop column added;
alter table probe.bulk rename column word to other;
select code, message from probe.diagnosed('select probe.use_plan(8, 1)');
alter table probe.bulk rename column other to word;
select * from probe.use_plan(8, 2);
-- Large.
select count(*), count(word) from probe.use_plan(1000, 20000);
select count(*) from probe.bulk where id >= 1000 and body = '\x5c0027' is distinct from (id % 3 = 0);
-- A transaction that fails keeps the plan.
begin;
select count(*) from probe.use_plan(50000, 10);
select 1 / 0;
rollback;
select count(*) from probe.use_plan(50000, 1);
select probe.keep_plan(true);
select count(*) from probe.use_plan(50000, 2);
select probe.cursor_over_plan(50000);
select probe.release_plan();
select code, message from probe.diagnosed('select * from probe.use_plan(1, 1)');
truncate probe.bulk;

-- A plan that is kept with its text; it is prepared when first used, again if that failed.
select probe.kept_plan(10, 'abc'), probe.kept_plan(10, null), probe.kept_plan(-1, '');
select code, message from probe.diagnosed('select probe.failing_kept_plan()');
create table probe.comes_later as select 42 as id;
select probe.failing_kept_plan();
drop table probe.comes_later;
select code, message from probe.diagnosed('select probe.failing_kept_plan()');

-- Cursors give pages, the last one is empty.
select probe.pages(10, 3), probe.pages(9, 3), probe.pages(0, 5), probe.pages(1, 1000);
select probe.cursor_closed_by_sql();
select count(*) as open_cursors from pg_cursors;

-- A statement sees what the one before it wrote.
select probe.sees_own_writes(), probe.sees_own_writes();
truncate probe.kept;

-- Clocks and isolation.
select * from probe.clocks();
select probe.read_committed();
begin isolation level repeatable read;
select probe.read_committed();
rollback;
select probe.witnesses() as alive;
