# shellcheck shell=bash
# The same as the row refresh, as time on a core: what other work on the machine hardly moves.
bench_row refresh_cpu report - - ms 'refresh after 1,000 events, time on a core' 'that of the window functions'

row_refresh_cpu() {
    need marts_runs
}
