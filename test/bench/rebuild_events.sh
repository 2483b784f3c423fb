# shellcheck shell=bash
# crm_rebuild as it is called: the stored bodies of the bulk rows are decoded again into observations,
# then come stays and marts. The rival makes the observations from the typed columns, which spares it
# the decoding, then the same stays and marts; it deletes and writes, as ours does.
bench_row rebuild_events report - - events/s 'crm_rebuild, from the stored bodies' 'SQL over the typed columns'

row_rebuild_events() {
    need bodies && bulk_ours >/dev/null && bench_query "select outcome from crm_refresh('bench')" >/dev/null &&
        interleave rebuild rebuild_events_ours rebuild_events_rival || return 1
    bench_sql marts_check --set=account=bench >/dev/null || { warn "the rival's rows are not the account's"; return 1; }
}

rebuild_events_ours() {
    rebuild_events_sample ours "$(bench_sql rebuild_events_ours)"
}

rebuild_events_rival() {
    rival_sql marts_rival_tables --set=account=bench --set=filled=true >/dev/null || return 1
    rebuild_events_sample rival "$(bench_sql rebuild_events_rival && rival_sql marts_rival --set=account=bench)"
}

# rebuild_events_sample SIDE LINES: seconds|... each; what took several statements is added up.
rebuild_events_sample() {
    local seconds
    seconds=$(awk -F '|' '{ sum += $1 } END { if (!sum) exit 1; print sum }' <<<"$2") || return 1
    sample rebuild_events "$1" "$(calculate "$bench_events / $seconds")"
}
