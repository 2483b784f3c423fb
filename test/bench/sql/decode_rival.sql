-- Nanoseconds for each body; the first pass warms up.
select count(*) as bodies from rig.text_body \gset
select rig.decoded_by_server(:bodies) as first_pass \gset
select clock_timestamp() as started_at \gset
select rig.decoded_by_server(:bodies) as second_pass \gset
select extract(epoch from clock_timestamp() - :'started_at') * 1e9 / :bodies;
