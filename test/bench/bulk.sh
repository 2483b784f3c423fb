# shellcheck shell=bash
# Bulk ingest: bodies in a table become typed columns, raw_data, observations and pending marks, in
# one session, 1,000 bodies to a transaction. The rival is the fastest way that the server has to
# fill the same table with what was decoded already: binary COPY, from a file, with the primary key
# and two more indexes. It parses its jsonb as well: binary COPY carries jsonb as text.
bench_row bulk at_least 0.75 1.00 events/s 'bulk ingest, bodies to rows' 'binary COPY of the decoded rows'

row_bulk() {
    need bulk_runs
}

# The events of one stream, as a table of bodies; bench_bytes is their average size.
provide_bodies() {
    local started=$SECONDS
    bench_sql bodies_table >/dev/null &&
        quietly bodies "$(logs)/bench-bodies.log" generate_bodies &&
        bench_bytes=$(bench_query 'select round(avg(length(body))) from rig.body') || return 1
    done_step bodies "$(thousands "$bench_events") of lead.step.changed, $(thousands "$bench_bytes") bytes of JSON on average, $(
        duration $((SECONDS - started)))"
}

# The generator makes events of all kinds; one in six is of this stream. Five custom fields bring its
# bodies to the 1.2 KB that are usual.
generate_bodies() (
    set +o pipefail # the reader stops when it has enough
    "$checkout/build/release/pgcrm-gen" --offices bench --seed 1 --events $((bench_events * 7 + 10000)) --from 2024-01-01 \
        --fields 5 --duplicates 0 --broken 0 --format copy --out - |
        grep --fixed-strings '"event":"lead.step.changed' | head -n "$bench_events" |
        run_sql bench --command='copy rig.inbox_text from stdin' &&
        bench_sql bodies_fill --set=events="$bench_events"
)

# What is decoded already, in a file that the server can COPY.
provide_decoded_file() {
    need bodies || return 1
    bulk_ours >/dev/null && bench_sql decoded_file --set=file="$cluster_dir/decoded.copy" >/dev/null
}

provide_bulk_runs() {
    need decoded_file && interleave bulk bulk_sample_ours bulk_sample_rival || return 1
    quietly 'verify' "$(logs)/bench-verify.log" bench_sql bulk_check || { show_end "$(logs)/bench-verify.log"; return 1; }
    done_step verify 'both tables hold the same events, and crm_verify finds nothing after a refresh'
}

# Each prints seconds|seconds on a core|bytes of WAL|rows.
bulk_ours() {
    bench_sql bulk_ours
}

bulk_rival() {
    bench_sql bulk_rival --set=file="$cluster_dir/decoded.copy"
}

bulk_sample_ours() {
    bulk_sample ours "$(bulk_ours)"
}

bulk_sample_rival() {
    bulk_sample rival "$(bulk_rival)"
}

# bulk_sample SIDE SECONDS|CPU|WAL|ROWS
bulk_sample() {
    local side=$1 seconds cpu wal rows
    IFS='|' read -r seconds cpu wal rows <<<"$2"
    [[ $rows == "$bench_events" ]] || { warn "$side: ${rows:-no} rows of $bench_events went in"; return 1; }
    sample bulk "$side" "$(calculate "$rows / $seconds")"
    sample bulk_cpu "$side" "$(calculate "1e6 * $cpu / $rows")"
    sample wal "$side" "$(calculate "$wal / $rows")"
}

profile_bulk() {
    need bodies && profile_backend bulk_ours
}
