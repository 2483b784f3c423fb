-- A callback made by `quiet` that fails at the end of a transaction: the
-- transaction ends as it would have, and the server log has the error.
create table probe.committed (n int);
set pgcxx_probe.quiet_callback = on;
insert into probe.committed values (1);
begin;
insert into probe.committed values (2);
rollback;
insert into probe.committed values (1 / 0);
begin;
insert into probe.committed values (3);
savepoint before;
select probe.fail('session', 'spi');
rollback to before;
commit;
set pgcxx_probe.quiet_callback = off;
select * from probe.committed;
drop table probe.committed;
select probe.witnesses() as alive;
