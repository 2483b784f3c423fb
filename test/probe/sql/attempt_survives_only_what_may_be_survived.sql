-- `attempt` returns an error after rolling back, and passes on the errors that end
-- the statement, the transaction or the session.

-- By SQLSTATE: data, constraints, access, missing objects come back ...
select code, probe.attempt_sqlstate(code)
from unnest(array['22012', '23505', '42501', '42P01', '28000', 'XX000', 'PR001', '55P03', '25006', 'P0001']) as code;
-- ... and rollbacks, resources, cancel and shutdown, system errors, assertions go on.
select asked, d.code, d.message
from unnest(array['40001', '40P01', '40003', '53200', '53100', '53400', '57014', '57P01', '57P02', '58030', '58P01',
        'P0004']) as asked,
    lateral (
        select * from probe.diagnosed(format('select probe.attempt_sqlstate(%L)', asked))
        where asked not in ('57014', 'P0004')) as d;
\set VERBOSITY terse
select probe.attempt_sqlstate('57014');
select probe.attempt_sqlstate('P0004');
-- What PL/pgSQL raises says nothing of the server, but for a rollback, which anybody may ask for; what it caught and
-- passes on is what it was.
select code, probe.attempt_plpgsql(code) from unnest(array['22012', '53100', '57014', '57P01', '58030', 'P0004']) as code;
select probe.attempt_plpgsql('40001');
select probe.attempt_plpgsql('passed on 53100');
select probe.attempt_plpgsql('passed on 57014');
\set VERBOSITY default

-- What was written inside is gone, what was written before and after stays; the
-- cursor and the rows that were open outside can be used afterwards.
select probe.attempt_keeps_the_rest('unique') as second_row;
select probe.attempt_keeps_the_rest('plpgsql') as second_row;
select probe.attempt_keeps_the_rest('nested_twice') as second_row;
select word, count(*) from probe.kept group by word order by word;
truncate probe.kept;

-- A success stays.
select probe.attempt_commits();
select word from probe.kept;
truncate probe.kept;

-- Errors of ours, and of the standard library, go on after the rollback.
select kind, probe.attempt_passes(kind) from unnest(array['error', 'runtime_error', 'bad_alloc', 'unique']) as kind;
select count(*) as rolled_back from probe.kept;

-- A thousand failures in one session; then the transaction commits.
begin;
insert into probe.kept values ('committed');
select probe.attempt_many(1000);
commit;
select word from probe.kept;
truncate probe.kept;
select probe.witnesses() as alive;
