-- All stays and marts of an account again from its observations, as after an upgrade of the engine.
-- from_empty: whether there are none, and nothing was ever reported: else each number would be noted as a
-- restatement, which the rival does not do. Prints seconds|seconds on a core|bytes of WAL|kB of memory at
-- the most, shared memory included|observations. psql variable written: the tables that a refresh writes.
\if :from_empty
    select format('truncate %s', string_agg(format('%I.%I', :'account', relname), ', '))
    from pg_class
    where relnamespace = to_regnamespace(:'account')
      and relname = any (string_to_array(:'written', ' ') || array['reported', 'restatement']) \gexec
\else
    call rig.ingest_events(:'account', 1, :new_events);
\endif
select format('update %I.account set built_engine_version = null', :'account') \gexec
checkpoint;
select clock_timestamp() as started_at, rig.core_seconds() as started_core, pg_current_wal_insert_lsn() as started_lsn \gset
select outcome, observations from crm_refresh(:'account') \gset
select extract(epoch from clock_timestamp() - :'started_at'), rig.core_seconds() - :started_core,
       pg_current_wal_insert_lsn() - :'started_lsn',
       substring(pg_read_file('/proc/self/status') from 'VmHWM:\s*(\d+)'), :observations
where :'outcome' = 'refreshed';
