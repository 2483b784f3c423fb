-- An error in a parallel worker, inside our function or under our SQL, arrives in
-- the leader with its SQLSTATE, and says where it comes from.
create table probe.many as select n from generate_series(1, 20000) as n;
alter table probe.many set (parallel_workers = 2);
analyze probe.many;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set min_parallel_table_scan_size = 0;
set parallel_leader_participation = off;
set max_parallel_workers_per_gather = 2;
explain (costs off) select sum(probe.fail_at(n, 19999, 'error')) from probe.many;

select sum(probe.fail_at(n, 0, 'error')) from probe.many;
select sum(probe.fail_at(n, 19999, 'error')) from probe.many;
select sum(probe.fail_at(n, 19999, 'call')) from probe.many;
-- Under our own SPI.
select probe.run_text($$select sum(probe.fail_at(n, 19999, 'error')) from probe.many$$);
-- Caught by an attempt.
select probe.run_as(session_user, $$select sum(probe.fail_at(n, 19999, 'error')) from probe.many$$);
select probe.witnesses() as alive, sum(probe.fail_at(n, 0, 'error')) from probe.many;
drop table probe.many;
