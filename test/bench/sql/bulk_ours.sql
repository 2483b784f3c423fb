-- All bodies into an empty account. Prints seconds|seconds on a core|bytes of WAL|rows.
call rig.make_account();
select to_regprocedure('crm_ingest_table(text, regclass)') is not null as has_ingest_table \gset
checkpoint;
select clock_timestamp() as started_at, rig.cpu_seconds() as started_cpu, pg_current_wal_insert_lsn() as started_lsn \gset
\if :has_ingest_table
    select count(*) as ingested from crm_ingest_table('bench', 'rig.inbox') \gset
\else
    call rig.ingest(1000);
\endif
select extract(epoch from clock_timestamp() - :'started_at'), rig.cpu_seconds() - :started_cpu,
       pg_current_wal_insert_lsn() - :'started_lsn', (select count(*) from bench.step_changed);
