-- pg_terminate_backend ends a session that is deep in our code, and the server stays up.
select pg_postmaster_start_time() as started \gset
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c statement_timeout=60s'
\! psql -X -q -c "select probe.spin('plain')" > results/terminated_plain.out 2>&1 &
\! psql -X -q -c "select probe.spin('attempt_in_user')" > results/terminated_attempt.out 2>&1 &
\! psql -X -q -c "select probe.sleep('session_in_attempt')" > results/terminated_waits.out 2>&1 &
do $$
declare
    waited int := 0;
begin
    loop
        perform pg_stat_clear_snapshot();
        exit when 3 = (select count(*) from pg_stat_activity
            where datname = current_database() and query like 'select probe.s%' and state = 'active');
        perform pg_sleep(0.05);
        waited := waited + 1;
        if waited > 600 then
            raise exception 'the other sessions did not start';
        end if;
    end loop;
    perform pg_sleep(0.2);
    perform pg_terminate_backend(pid, 30000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
end $$;
select count(*) as left_over from pg_stat_activity
where datname = current_database() and query like 'select probe.s%';
\! sleep 0.5; cat results/terminated_*.out | grep -c "FATAL:  terminating connection due to administrator command"
select pg_postmaster_start_time() = :'started' as server_stayed_up;
select probe.outcome('session', 'nested');
