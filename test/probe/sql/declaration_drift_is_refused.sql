-- The library is replaced before anyone updates the extension's SQL: a declaration
-- that does not fit the C++ signature is an error, never a crash.
create function pg_temp.fewer_arguments(text) returns text strict language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.more_arguments(text, text, text) returns text strict
    language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.other_argument(text, bytea) returns text strict
    language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.other_result(text, text) returns bytea strict
    language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.result_for_none(text) returns text strict language c as '$libdir/pgcxx_probe', 'probe_spin';
create function pg_temp.not_strict(text, text) returns text language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.value_for_set() returns text language c as '$libdir/pgcxx_probe', 'probe_frames';
create function pg_temp.set_for_value(text, text) returns setof text strict
    language c as '$libdir/pgcxx_probe', 'probe_fail';
create function pg_temp.other_element() returns setof bigint language c as '$libdir/pgcxx_probe', 'probe_frames';
create function pg_temp.value_for_row(bigint) returns setof bigint strict
    language c as '$libdir/pgcxx_probe', 'probe_described_numbers';
create function pg_temp.fewer_columns(bigint) returns table (n bigint, described text) strict
    language c as '$libdir/pgcxx_probe', 'probe_described_numbers';
create function pg_temp.other_column(bigint)
    returns table (n bigint, described text, unless_third bytea, copies text[]) strict
    language c as '$libdir/pgcxx_probe', 'probe_described_numbers';
create function pg_temp.row_for_value(out a bigint, out b bigint)
    language c as '$libdir/pgcxx_probe', 'probe_witnesses';

select pg_temp.fewer_arguments('plain');
select pg_temp.more_arguments('plain', 'error', 'x');
select pg_temp.other_argument('plain', 'error');
select pg_temp.other_result('plain', 'error');
select pg_temp.result_for_none('plain');
select pg_temp.not_strict('plain', 'error');
select pg_temp.value_for_set();
select pg_temp.set_for_value('plain', 'error');
select * from pg_temp.other_element();
select * from pg_temp.value_for_row(1);
select * from pg_temp.fewer_columns(1);
select * from pg_temp.other_column(1);
select * from pg_temp.row_for_value();

-- A function that returns any record takes its columns from the query.
select * from probe.any_row(1) as r(n integer, sign text);
select * from probe.any_row(1) as r(n integer, sign bytea);
select * from probe.any_row(1) as r(n integer);
select probe.any_row(1);

\set VERBOSITY sqlstate
select pg_temp.other_argument('plain', 'error');
select pg_temp.not_strict('plain', 'error');
