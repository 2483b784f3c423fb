-- A set-returning function gives all its rows, wherever a set may stand.
select * from probe.numbers(3);
select * from probe.numbers(0);
select probe.numbers(2), probe.numbers(3);
select n, m from probe.numbers(2) as n, lateral probe.numbers(n) as m;
select * from probe.numbers(2) with ordinality;
select * from probe.described_numbers(4);
select (probe.described_numbers(2)).*;
select probe.described_numbers(1);
select * from rows from (probe.numbers(2), probe.described_numbers(3)) as r(a, b, c, d, e);
select * from probe.one_column();
select count(*), sum(n), sum(length(described)), count(unless_third), sum(cardinality(copies))
from probe.described_numbers(100000);
-- Made of rows of a session that is closed by then.
select name, size from probe.relation_names();
-- Read backwards, and twice.
begin;
declare numbers scroll cursor for select * from probe.numbers(5);
fetch last from numbers;
fetch prior from numbers;
fetch first from numbers;
commit;
-- On disk.
set work_mem = '64kB';
select count(distinct n), max(described) from probe.described_numbers(50000);
reset work_mem;

-- In an expression, and where the server allows none.
select probe.numbers(2) + 1 as next;
select case when true then probe.numbers(1) end;
select * from probe.echo((select probe.numbers(2)));

-- A row that cannot be made fails the statement, whatever came before.
\set VERBOSITY terse
select count(*) from probe.failing_rows(1000, 1000);
select count(*) from probe.failing_rows(1000, 1);
select count(*) from probe.failing_rows(1000, 0);

-- One row, or none.
select * from probe.one_row(1);
select probe.one_row(-1), (probe.one_row(1)).sign;
select probe.one_row(null) is null as strict;
select * from probe.maybe_row(1);
select * from probe.maybe_row(0);
select probe.maybe_row(0) is null as null_row;
select n, (probe.one_row(n)).* from generate_series(-1, 1) as n;
select probe.witnesses() as alive;
