-- Six batches of new events, each refreshed; the first only warms the session up. Then they are taken
-- back. Prints medians of the other five: seconds|seconds on a core|bytes of WAL|of these, images of
-- pages|leads|observations|stays written|cells changed.
checkpoint;
call rig.refresh_batches(:'account', 1, 6, :new_events);
select percentile_disc(0.5) within group (order by seconds), percentile_disc(0.5) within group (order by core_seconds),
       percentile_disc(0.5) within group (order by wal_bytes), percentile_disc(0.5) within group (order by wal_page_bytes),
       percentile_disc(0.5) within group (order by leads), percentile_disc(0.5) within group (order by observations),
       percentile_disc(0.5) within group (order by stays_written), percentile_disc(0.5) within group (order by cells_changed)
from rig.refresh_sample
where account = :'account' and batch > 1;
call rig.forget_events(:'account');
