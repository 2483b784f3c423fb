# shellcheck shell=bash
# Write-ahead log of the same refresh, for each new event; the rival's is that of writing everything again.
bench_row refresh_wal report - - bytes/event 'write-ahead log of a refresh' 'that of the window functions, for as many events'

row_refresh_wal() {
    need marts_runs
}

detail_refresh_wal() {
    local outcome wal pages leads rest
    for outcome in "${refresh_told[@]}"; do
        IFS='|' read -r _ _ wal pages leads rest <<<"$outcome"
        printf '%s bytes for each changed lead, %s of them images of pages first touched after a checkpoint\n' \
            "$(figure "$(calculate "$wal / $leads")")" "$(figure "$(calculate "$pages / $leads")")"
    done
}
