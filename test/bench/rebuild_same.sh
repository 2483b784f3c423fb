# shellcheck shell=bash
# The same as the row rebuild, when little differs: stays and marts are there, and 1,000 events are new.
# The rival deletes what is there and writes it again.
bench_row rebuild_same at_least 3 3 observations/s 'rebuild when little differs' 'the same by window functions'

row_rebuild_same() {
    need marts_runs
}
