# shellcheck shell=bash
# Memory of its own that the backend of the row rebuild takes, at the most. No rival, but a bound.
bench_row rebuild_memory at_most 1.0 1.0 MB 'memory of a rebuild' 'the bound'

row_rebuild_memory() {
    need marts_runs
}
