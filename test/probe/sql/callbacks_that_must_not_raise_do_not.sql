-- A callback made by `quiet` that fails at the end of a transaction: the
-- transaction ends as it would have, and the server log has the error.
create table probe.committed (n int);
select probe.witnesses(); -- loads the library
set client_min_messages = log;
set pgcxx_probe.quiet_callback = on;
insert into probe.committed values (1);
begin;
insert into probe.committed values (2);
rollback;
-- (of an error, and of what is logged after it, either may reach psql first)
set client_min_messages = error;
insert into probe.committed values (1 / 0);
set client_min_messages = log;
begin;
insert into probe.committed values (3);
savepoint before;
select probe.fail('session', 'spi');
rollback to before;
commit;
set pgcxx_probe.quiet_callback = off;
reset client_min_messages;
select * from probe.committed;
drop table probe.committed;
-- The callback ran while the server held interrupts off; they are on again, once.
set statement_timeout = '100ms';
select probe.spin('plain');
select pg_sleep(60);
reset statement_timeout;
select probe.witnesses() as alive;
