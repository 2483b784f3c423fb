# shellcheck shell=bash
# What the session of a bulk run spent on a core, user and system: what to look at on a machine
# that has other work, where the clock says little.
bench_row bulk_cpu report - - µs/event 'bulk ingest, time on a core' 'that of the binary COPY'

row_bulk_cpu() {
    need bulk_runs
}
