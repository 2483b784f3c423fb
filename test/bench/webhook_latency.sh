# shellcheck shell=bash
# How long an answer takes at rates that leave room, while crm_refresh runs without a pause and pg_dump dumps the
# database again and again. open_loop.cpp posts at a fixed rate and counts from when an event was due, so that one slow
# answer is seen in all that it holds up. At 1 event/s the p99 is the longest of the few. The row is the p99 at
# 100 events/s; the rival gets the same load (but its events are in no account, so the refresh beside it has nothing to
# do), and not the highest rate, which it cannot serve.
bench_row webhook_latency report - - ms 'webhooks: p99 at 100 events/s, with refresh and pg_dump' 'Flask and psycopg2, under the same load'

declare -gA latency_told=() # "side rate" -> what open_loop printed, of each run a line

row_webhook_latency() {
    need webhook_bodies && need gateway && need open_loop || return 1
    interleave latency latency_sample_ours latency_sample_rival || return 1
    done_step verify 'each event that was answered is in the table'
}

provide_open_loop() {
    try open_loop open_loop "${CXX:-g++}" -O2 -std=c++20 -pthread "$checkout/test/bench/open_loop.cpp" -o "$checkout/build/bench/open_loop"
}

latency_sample_ours() {
    latency_sample ours 1 10 100 1000
}

latency_sample_rival() {
    latency_sample rival 1 10 100
}

# latency_sample SIDE RATE...
latency_sample() {
    local side=$1 lines rate told p99
    shift
    lines=$(latency_run "$side" "$@") || return 1
    while IFS=' ' read -r rate told; do
        latency_told["$side $rate"]+=$told$'\n'
        IFS='|' read -r _ _ _ p99 _ <<<"$told"
        ((rate != 100)) || sample webhook_latency "$side" "$p99"
    done <<<"$lines"
}

# A line for each rate: the rate, then events|answered|p50|p99|longest.
latency_run() (
    side=$1
    dumping=
    trap 'webhooks_end; latency_end "$dumping"' EXIT
    trap 'exit 143' TERM HUP
    shift
    webhooks_begin "$side" || exit 1
    refresh_without_pause &
    dump_without_pause &
    dumping=$!
    for rate; do
        latency_post "$side" "$rate" || exit 1
    done
)

latency_end() {
    [[ -z $1 ]] || { kill "$1" && wait "$1"; } 2>/dev/null
    bench_query "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pg_dump'" >/dev/null
}

dump_without_pause() {
    while "$(cluster_bin pg_dump)" --format=custom --compress=0 bench >/dev/null 2>&1; do :; done
}

# At low rates longer, or there is nothing to take a quantile of.
latency_seconds() {
    case $1 in
        1) printf '%d' $((3 * bench_seconds)) ;;
        10) printf '%d' $((2 * bench_seconds)) ;;
        *) printf '%d' "$bench_seconds" ;;
    esac
}

latency_post() {
    local side=$1 rate=$2 answered=$cluster_dir/answered events told count
    told=$("$checkout/build/bench/open_loop" "$port" /webhook/bench "$token" "$webhook_bodies" \
        $((webhook_first_id + rate * 1000000)) "$rate" "$(latency_seconds "$rate")" "$answered") || return 1
    IFS='|' read -r events count _ <<<"$told"
    ((count == events)) || { warn "$side: $count of $events events at $rate/s were answered"; return 1; }
    latency_check "$side" "$answered" || return 1
    printf '%d %s\n' "$rate" "$told"
}

# latency_check SIDE FILE: each id in the file is in the table.
latency_check() {
    local table=bench.step_changed lost
    [[ $1 == ours ]] || table=rig.webhook
    lost=$(run_sql bench --tuples-only --no-align --command='create temporary table answered (id bigint)' \
        --command='\copy answered from pstdin' --command="select count(*) from answered a where not exists (select from $table t where t.id = a.id)" <"$2")
    [[ $lost == 0 ]] || { warn "$1: ${lost:-?} events that were answered are not in $table"; return 1; }
}

detail_webhook_latency() {
    local side rate
    printf 'The median of the runs at each rate, in ms; the longest is that of all runs.\n'
    for side in ours rival; do
        for rate in 1 10 100 1000; do
            [[ -z ${latency_told["$side $rate"]:-} ]] || printf '%-6s %5d events/s   %s\n' "$side" "$rate" "$(latency_medians "${latency_told["$side $rate"]}")"
        done
    done
}

latency_medians() {
    local column told=()
    for column in 3 4; do
        told+=("$(cut -d'|' -f"$column" <<<"${1%$'\n'}" | sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }')")
    done
    printf 'p50 %s   p99 %s   longest %s   of %d events' "${told[0]}" "${told[1]}" \
        "$(cut -d'|' -f5 <<<"${1%$'\n'}" | sort -n | tail -n 1)" "$(awk -F'|' '{ sum += $1 } END { print sum }' <<<"${1%$'\n'}")"
}
