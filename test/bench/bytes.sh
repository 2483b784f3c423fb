# shellcheck shell=bash
# Bytes on disk for each event after a refresh and a VACUUM: the stream's table, the observations and
# the pending marks, with all indexes. The rival is the table of a webhook handler that decodes to
# columns and keeps the body as jsonb: a primary key, and indexes on lead_id and received_at.
bench_row bytes at_most 0.85 0.60 bytes/event 'disk: events, observations, pending' "the handler's table"

row_bytes() {
    local ours rival
    need decoded_file && bulk_rival >/dev/null || return 1
    quietly vacuum "$(logs)/bench-vacuum.log" bench_sql bytes_vacuum || { show_end "$(logs)/bench-vacuum.log"; return 1; }
    bytes_parts=$(bench_sql bytes --field-separator=$'\t')
    ours=$(bytes_of ours) && rival=$(bytes_of rival) || return 1
    sample bytes ours "$ours"
    sample bytes rival "$rival"
}

bytes_of() {
    awk -F '\t' -v side="$1" -v events="$bench_events" \
        '$1 == side { sum += $4 } END { if (!sum) exit 1; printf "%.1f\n", sum / events }' <<<"$bytes_parts"
}

# What the sums are made of.
detail_bytes() {
    awk -F '\t' -v events="$bench_events" '{ printf "%-6s %-16s %-36s %8.1f bytes/event\n", $1, $2, $3, $4 / events }' <<<"$bytes_parts"
}
