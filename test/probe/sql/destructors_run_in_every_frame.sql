-- Every kind of error in every kind of frame: the outcome is the one that the kind
-- has without a frame, no object is left alive, and the server goes on.

-- The kinds, as they arrive from a plain frame and from an attempt.
create temp table kind as
    select kind, probe.outcome('plain', kind) as plain, probe.outcome('attempt', kind) as attempted
    from probe.kinds() as kind;
select * from kind;

-- Frames with an attempt around the failure answer as the attempt does, all others
-- as the plain frame.  An attempt around an attempt passes on what the inner one says.
create temp table outcome as
    select frame, kind, probe.outcome(frame, kind) as outcome,
        case when frame ~ 'attempt' then attempted else plain end as expected
    from probe.frames() as frame, kind;
select frame, count(*) as kinds, count(*) filter (where outcome = expected) as as_expected
from outcome group by frame order by frame;
select frame, kind, outcome, expected from outcome where outcome is distinct from expected order by 1, 2;
select probe.witnesses() as alive;

-- Without a handler in SQL: the transaction is aborted, then the next one works.
\set VERBOSITY sqlstate
select probe.fail('recursion', 'error');
select probe.fail('cursor', 'nested_twice');
select probe.fail('user', 'trigger');
select probe.fail('memory', 'plpgsql');
begin;
savepoint before;
select probe.fail('two_sessions', 'spi');
rollback to before;
select probe.fail('subtransaction', 'call');
rollback;
select probe.witnesses() as alive, current_user = session_user as is_me;

-- A cursor of SQL over a function that fails half way.
begin;
declare numbers cursor for
    select case when n = 3 then probe.fail('rows', 'nested') else n::text end from generate_series(1, 5) as n;
fetch 2 from numbers;
savepoint before;
fetch 1 from numbers;
rollback to before;
fetch 1 from numbers;
rollback;
select probe.witnesses() as alive;

-- A trigger under the statement of a client.
insert into probe.guarded values (2);
insert into probe.guarded values (1);
select probe.witnesses() as alive;

-- Many of them in one transaction, then a commit.
do $$
begin
    for i in 1..500 loop
        begin
            perform probe.fail('session_in_attempt', 'nested_twice');
            perform probe.fail('two_sessions', 'plpgsql');
        exception
            when division_by_zero then null;
        end;
    end loop;
end $$;
select probe.witnesses() as alive;
