-- What was ingested, as a file for binary COPY, in the order of arrival. A handler stores each event
-- by itself, so each has its own time of arrival: here, a millisecond after the one before.
set client_min_messages = warning;
drop table if exists rig.decoded;
create unlogged table rig.decoded (like bench.step_changed);
insert into rig.decoded
select *
from bench.step_changed;

update rig.decoded d
set received_at = d.received_at + a.position * interval '1 millisecond'
from (select id, row_number() over (order by ctid) as position from bench.step_changed) a
where a.id = d.id;

copy (select * from rig.decoded order by received_at) to :'file' (format binary);
drop table rig.decoded;
