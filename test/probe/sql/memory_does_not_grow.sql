-- Errors leave no memory behind, and neither do long sessions of SQL.

-- 20 000 errors of ours and 20 000 of the server, each with objects of hundreds of
-- kilobytes alive.  A first round fills caches.
create procedure pg_temp.fail_often(times int) language plpgsql as $$
begin
    for i in 1..times loop
        begin
            perform probe.fail('plain', 'error');
        exception
            when check_violation then null;
        end;
        begin
            perform probe.fail('plain', 'call');
        exception
            when invalid_text_representation then null;
        end;
    end loop;
end $$;
call pg_temp.fail_often(500);
select probe.resident_bytes() as before \gset
call pg_temp.fail_often(20000);
select probe.resident_bytes() - :before < 8 * 1024 * 1024 as resident_set_stays, probe.witnesses() as alive;

-- The same through nested functions and rolled back subtransactions.
select probe.resident_bytes() as before \gset
do $$
begin
    for i in 1..2000 loop
        perform probe.outcome('session_in_attempt', 'nested_twice');
        perform probe.outcome('attempt_in_attempt', 'plpgsql');
    end loop;
end $$;
select probe.resident_bytes() - :before < 8 * 1024 * 1024 as resident_set_stays, probe.witnesses() as alive;
select count(*) as errors_left_in_contexts from pg_backend_memory_contexts where name = 'pgcxx server error';

-- One session that runs 2 000 rounds of statements with a megabyte in and out.
select probe.growth_of_session(2000) < 100000 as session_stays;
-- Plans go when they are released, and only then.
select probe.growth_of_plans(500, true) < 100000 as released, probe.growth_of_plans(100, false) > 400000 as kept;

-- Objects that a memory context owns.
select * from probe.owned_by_context();
select probe.constructor_fails();
