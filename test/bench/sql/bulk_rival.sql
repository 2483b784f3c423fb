-- The decoded rows by binary COPY into an empty table of the handler. Prints seconds|seconds on a core|bytes of WAL|rows.
set client_min_messages = warning;
drop table if exists rig.handler;
create table rig.handler (like bench.step_changed including all
                          excluding comments excluding indexes excluding storage excluding compression);
alter table rig.handler add constraint handler_is_unique primary key (id);
create index handler_by_lead on rig.handler (lead_id);
create index handler_by_arrival on rig.handler (received_at);
checkpoint;
select clock_timestamp() as started_at, rig.cpu_seconds() as started_cpu, pg_current_wal_insert_lsn() as started_lsn \gset
copy rig.handler from :'file' (format binary);
select extract(epoch from clock_timestamp() - :'started_at'), rig.cpu_seconds() - :started_cpu,
       pg_current_wal_insert_lsn() - :'started_lsn', (select count(*) from rig.handler);
