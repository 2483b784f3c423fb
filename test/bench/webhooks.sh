# shellcheck shell=bash
# Webhooks over HTTP, each answered when it is committed: wrk posts different events over 16 connections that stay
# open, as fast as they are answered. The rival is the handler of rival/webhook_handler.py, four workers of gunicorn,
# each of which connects to the database for each event; gunicorn's workers close the connections of clients, and wrk
# makes them anew. Both reach the server through its socket, and everything runs on the same cores: the client too.
#
# One run of ours is a run alone, and one while crm_refresh runs without a pause in another session.
bench_row webhooks at_least 30 50 requests/s 'webhooks over HTTP, answered after commit, 16 clients' 'Flask and psycopg2, a connection for each event'

webhook_clients=16
webhook_first_id=1000000000000000
PGCRM_BENCH_GATEWAY=${PGCRM_BENCH_GATEWAY:-} # another gateway than that of this checkout
declare -gA webhook_told=()                   # "side" -> what detail_webhooks prints of its last run

row_webhooks() {
    need webhook_runs
}

provide_webhook_runs() {
    need webhook_bodies && need gateway && interleave webhooks webhooks_sample_ours webhooks_sample_rival || return 1
    done_step verify 'every event that was answered is in the table'
}

# A file with a body a line: what is posted again and again with other numbers.
provide_webhook_bodies() {
    need bodies || return 1
    webhook_bodies=$cluster_dir/webhooks.ndjson
    bench_query "select convert_from(body, 'UTF8') from rig.body where line <= 5000 order by line" >"$webhook_bodies"
}

provide_gateway() {
    gateway=${PGCRM_BENCH_GATEWAY:-$checkout/build/release/pgcrm-gateway}
    [[ -n $PGCRM_BENCH_GATEWAY ]] || build_program pgcrm-gateway || return 1
    [[ -x $gateway ]] || { warn "there is no $gateway"; return 1; }
}

# --- both sides, each in a subshell that ends what it has started ---

webhooks_sample_ours() {
    local alone busy rate p99 cpu front server client memory
    alone=$(webhooks_run ours) && busy=$(webhooks_run ours refreshing) || return 1
    IFS='|' read -r rate _ p99 cpu front server client memory <<<"$alone"
    sample webhooks ours "$rate"
    sample webhooks_p99 ours "$p99"
    sample webhooks_cpu ours "$cpu"
    sample webhooks_memory ours "$memory"
    IFS='|' read -r _ _ p99 _ _ _ _ memory <<<"$busy"
    sample webhooks_refreshing ours "$p99"
    webhook_told[ours]=$alone webhook_told[refreshing]=$busy
}

webhooks_sample_rival() {
    local told rate p99 cpu
    told=$(webhooks_run rival) || return 1
    IFS='|' read -r rate _ p99 cpu _ <<<"$told"
    sample webhooks rival "$rate"
    sample webhooks_p99 rival "$p99"
    sample webhooks_cpu rival "$cpu"
    sample webhooks_memory rival 50
    sample webhooks_refreshing rival "$p99"
    webhook_told[rival]=$told
}

# webhooks_run SIDE [refreshing]: requests/s|p50 ms|p99 ms|µs on a core for each event: all|front|server|client|MB
webhooks_run() (
    trap webhooks_end EXIT
    trap 'exit 143' TERM HUP
    webhooks_begin "$1" || exit 1
    [[ -z ${2:-} ]] || refresh_without_pause &
    webhooks_post 1 $((2 * webhook_first_id)) >/dev/null || exit 1 # warm
    webhooks_measure "$1" || exit 1
    [[ -z ${2:-} ]] || check_was_refreshed
)

# webhooks_begin SIDE: an empty table, and who writes to it; sets front, port and token.
webhooks_begin() {
    token=$(bench_sql "webhooks_$1") && port=$(free_port) || return 1
    "begin_$1" >"$(logs)/bench-webhooks-$1.log" 2>&1 &
    front=$!
    if ! webhooks_wait; then
        warn "$1: nobody answers on port $port"
        show_end "$(logs)/bench-webhooks-$1.log"
        return 1
    fi
}

begin_ours() {
    exec "$gateway" --listen "127.0.0.1:$port" --metrics-listen '' --log-level warning \
        --database "host=$PGHOST port=$PGPORT dbname=bench user=bench_gateway"
}

begin_rival() {
    export PGDATABASE=bench WEBHOOK_TOKEN=$token PYTHONDONTWRITEBYTECODE=1
    exec gunicorn --workers 4 --bind "127.0.0.1:$port" --chdir "$checkout/test/bench/rival" --log-level warning webhook_handler:app
}

# Until an event is answered. It is one of other numbers than those that are counted.
webhooks_wait() {
    local deadline=$((SECONDS + 20))
    while ((SECONDS < deadline)) && kill -0 "$front" 2>/dev/null; do
        [[ $(webhooks_status) != 200 ]] || return 0
        sleep 0.05
    done
    return 1
}

# The status that the first body is answered with.
webhooks_status() {
    local body status
    body=$(head -n 1 "$webhook_bodies")
    {
        exec 3<>"/dev/tcp/127.0.0.1/$port" || return 0
        printf 'POST /webhook/bench HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
            "$token" "$(LC_ALL=C; printf '%d' "${#body}")" "$body" >&3
        read -r -t 5 _ status _ <&3
        exec 3>&-
    } 2>/dev/null
    printf '%s' "${status:-}"
}

webhooks_end() {
    bench_query "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bench refreshing'" >/dev/null
    [[ -z ${front:-} ]] || { kill "$front" && wait "$front"; } 2>/dev/null
    return 0
}

refresh_without_pause() {
    PGAPPNAME='bench refreshing' run_sql bench \
        --command="do \$\$ begin loop perform crm_refresh('bench'); commit; end loop; end \$\$" >/dev/null 2>&1
}

check_was_refreshed() {
    [[ $(bench_query "select count(*) > 0 from bench.refresh_run where ended_at is not null") == t ]] ||
        { warn 'there was no refresh under way'; return 1; }
}

# webhooks_post SECONDS FIRST_ID: requests|seconds|p50|p99|failed|seconds of the client on a core
webhooks_post() {
    local TIMEFORMAT='%3U %3S' log user system
    log=$(logs)/bench-wrk.log
    { time wrk --threads 1 --connections "$webhook_clients" --duration "$1s" --timeout 30s --latency \
        --script "$checkout/test/bench/webhooks.lua" "http://127.0.0.1:$port/webhook/bench" -- \
        "$webhook_bodies" "$2" "$token" >"$log" 2>&1; } 2>"$log.time" || { show_end "$log"; return 1; }
    read -r user system <"$log.time"
    sed -n 's/^measured|//p' "$log" | tr -d '\n'
    printf '|%s\n' "$(calculate "$user + $system")"
}

webhooks_measure() {
    local before_front before_server requests seconds p50 p99 failed client after_front after_server
    before_front=$(core_seconds "$front") before_server=$(core_seconds "$(server_process)")
    IFS='|' read -r requests seconds p50 p99 failed client < <(webhooks_post "$bench_seconds" "$webhook_first_id")
    after_front=$(core_seconds "$front") after_server=$(core_seconds "$(server_process)")
    webhooks_check "$1" "${requests:-0}" "${failed:-0}" || return 1
    awk -v n="$requests" -v seconds="$seconds" -v p50="$p50" -v p99="$p99" -v client="$client" \
        -v front="$(calculate "$after_front - $before_front")" -v server="$(calculate "$after_server - $before_server")" \
        -v memory="$(peak_megabytes "$front")" 'BEGIN {
            printf "%.1f|%s|%s|%.1f|%.1f|%.1f|%.1f|%s\n", n / seconds, p50, p99, 1e6 * (front + server + client) / n,
                1e6 * front / n, 1e6 * server / n, 1e6 * client / n, memory }'
}

# webhooks_check SIDE ANSWERED FAILED: every answered event is in the table. Those that wrk had sent and not waited
# for may be there as well.
webhooks_check() {
    local table=bench.step_changed stored
    [[ $1 == ours ]] || table=rig.webhook
    stored=$(bench_query "select count(*) from $table where id between $webhook_first_id and $((2 * webhook_first_id - 1))")
    (($3 == 0)) || { warn "$1: $3 of $2 requests failed"; return 1; }
    (($2 > 0 && stored >= $2 && stored <= $2 + webhook_clients)) ||
        { warn "$1: ${stored:-0} of $2 answered events are in $table"; return 1; }
}

server_process() {
    head -n 1 "$cluster_dir/data/postmaster.pid"
}

# What a process, its children and those that have ended have spent on a core, in seconds.
core_seconds() {
    local child files=("/proc/$1/stat")
    for child in $(<"/proc/$1/task/$1/children"); do
        files+=("/proc/$child/stat")
    done
    # a child may have ended since; then its parent knows
    cat "${files[@]}" 2>/dev/null | awk -v ticks="$(getconf CLK_TCK)" '
        { sub(/^.*\) /, "") }
        { sum += $12 + $13 + (NR == 1 ? $14 + $15 : 0) }
        END { printf "%.2f", sum / ticks }'
}

peak_megabytes() {
    awk '/^VmHWM:/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"
}

detail_webhooks() {
    local side rate p50 p99 front server client memory
    for side in ours refreshing rival; do
        IFS='|' read -r rate p50 p99 _ front server client memory <<<"${webhook_told[$side]:-}"
        printf '%-10s %s requests/s, p50 %s ms, p99 %s ms; on a core, µs/event: front %s, server %s, client %s; front at most %s MB\n' \
            "$side" "$rate" "$p50" "$p99" "$front" "$server" "$client" "$memory"
    done
    printf 'The last run of each. The front is the gateway, or gunicorn (memory: its first process); on %s cores.\n' "$(nproc)"
}
