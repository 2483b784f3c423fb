-- pg_terminate_backend ends a session that is deep in our code, and the server stays up.
select pg_postmaster_start_time() as started \gset
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c client_min_messages=warning'
\! psql -X -q -c "set application_name = 'probe_plain'" -c "select probe.spin('plain')" > results/terminated_plain.out 2>&1 &
\! psql -X -q -c "set application_name = 'probe_attempt'" -c "select probe.spin('attempt_in_user')" > results/terminated_attempt.out 2>&1 &
\! psql -X -q -c "set application_name = 'probe_waits'" -c "select probe.sleep('session_in_attempt')" > results/terminated_waits.out 2>&1 &
do $$
declare
    waited int := 0;
begin
    loop
        perform pg_stat_clear_snapshot();
        exit when 3 = (select count(*) from pg_stat_activity
            where application_name like 'probe\_%' and state = 'active' and query like 'select probe.s%');
        perform pg_sleep(0.05);
        waited := waited + 1;
        if waited > 600 then
            raise exception 'the other sessions did not start';
        end if;
    end loop;
    perform pg_sleep(0.2);
    perform pg_terminate_backend(pid, 30000) from pg_stat_activity where application_name like 'probe\_%';
end $$;
select count(*) as left_over from pg_stat_activity where application_name like 'probe\_%';
\! sleep 0.5; cat results/terminated_*.out | grep FATAL
select pg_postmaster_start_time() = :'started' as server_stayed_up;
select probe.outcome('session', 'nested');
