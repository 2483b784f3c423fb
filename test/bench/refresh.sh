# shellcheck shell=bash
# A refresh after 1,000 new events (creations, moves, late ones) on a long history, in the server's
# memory, commit included. The rival recomputes all stays and marts by window functions and writes
# them again; both are told as how many of them an hour has room for.
bench_row refresh at_least 500 1000 refreshes/hour 'refresh after 1,000 events' 'the marts by window functions, written again'

row_refresh() {
    need marts_runs
}

detail_refresh() {
    local outcome seconds core leads observations stays cells
    for outcome in "${refresh_told[@]}"; do
        IFS='|' read -r seconds core _ _ leads observations stays cells <<<"$outcome"
        printf '%s ms (%s ms on a core): %s leads, %s observations read, %s stays and %s cells written\n' \
            "$(figure "$(calculate "1000 * $seconds")")" "$(figure "$(calculate "1000 * $core")")" "$leads" "$observations" "$stays" "$cells"
    done
}

# Forty batches; another session brings the events, so that only refreshing is seen.
profile_refresh() {
    need history || return 1
    in_history profile_backend refresh_profiled
    history_sql rebuild_clean --set=account="$(history_account "$bench_history")" >/dev/null
}

refresh_profiled() {
    local batch account
    account=$(history_account "$bench_history")
    for batch in {1..40}; do
        printf '\\! PGAPPNAME=events "%s" -X -q -d bench -c "call rig.ingest_events('"'%s', %d, %d"')"\n' \
            "$(cluster_bin psql)" "$account" "$batch" "$history_new_events"
        printf "select leads, observations from crm_refresh('%s');\n" "$account"
    done | run_sql bench
}
