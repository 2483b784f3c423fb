# shellcheck shell=bash
# All stays and marts of a long history from its observations, into empty tables. The rival is the
# SQL that writes the same, also into empty tables; afterwards both are compared row by row.
bench_row rebuild at_least 1.5 3 observations/s 'rebuild from empty' 'the same by window functions'

row_rebuild() {
    need marts_runs
}

detail_rebuild() {
    printf '%s\n' "${rebuild_told[@]}"
}

profile_rebuild() {
    need history || return 1
    in_history profile_backend rebuild_profiled
    history_sql rebuild_clean --set=account="$(history_account "$bench_history")" >/dev/null
}

rebuild_profiled() {
    bench_sql rebuild_ours --set=account="$(history_account "$bench_history")" --set=from_empty=true --set=written="$(written_tables)"
}
