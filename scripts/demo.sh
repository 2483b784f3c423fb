# shellcheck shell=bash
# ./pgcrm demo: three offices' webhooks over HTTP into a private server, refreshed, printed as
# funnels. Every number on the way comes from the database or the gateway's answers.

demo_offices=(office_a office_b office_c)
demo_events=60000
demo_stays_up=yes
declare -A demo_secrets=() # by office

demo() {
    demo_options "$@"
    cluster_at .demo
    refuse_second_run
    say "${bold}pgcrm demo${plain}"
    install_packages demo
    build_all
    build_programs programs
    demo_cluster
    demo_gateway
    demo_load
    demo_refresh
    demo_report
    demo_verify
    demo_connect
    [[ -z $demo_stays_up ]] || demo_stay
    gateway_stop
    cluster_stop
    cluster_clear
    say '  Gateway and server are stopped, and .demo/ is gone.'
}

demo_options() {
    while (($# > 0)); do
        case $1 in
            --exit) demo_stays_up= ;;
            --events)
                [[ ${2:-} =~ ^[1-9][0-9]{0,8}$ ]] || die "--events takes a number, not \"${2:-}\""
                demo_events=$2
                shift
                ;;
            *) die "demo has no option \"$1\"" 'usage: ./pgcrm demo [--exit] [--events N]' ;;
        esac
        shift
    done
}

demo_sql() {
    local file=$1
    shift
    run_sql pgcrm --tuples-only --no-align "$@" --file="$checkout/scripts/demo/$file.sql"
}

demo_query() {
    run_sql pgcrm --tuples-only --no-align --command="$1"
}

demo_cluster() {
    cluster_claim .demo
    cluster_port=$(free_port)
    cluster_make pgcrm
    cluster_configure pgcrm "listen_addresses = '127.0.0.1'" 'shared_buffers = 256MB' 'max_wal_size = 2GB'
    cluster_start
    demo_sql setup >/dev/null
    done_step server "$(server_version) in .demo/, port $cluster_port, with pg_cron"
}

# A role that may ingest and nothing else, and a secret for each office.
demo_gateway() {
    local office secret
    while IFS='|' read -r office secret; do
        demo_secrets[$office]=$secret
    done < <(demo_sql gateway)
    gateway_start pgcrm crm_gateway
    done_step gateway "http://127.0.0.1:$gateway_port, metrics at http://127.0.0.1:$gateway_metrics_port/metrics"
}

# The webhooks go to files, and from there to the gateway over 16 connections for each office.
demo_load() {
    local office events=$cluster_dir/events
    mkdir "$events"
    "$checkout/build/release/pgcrm-gen" --out "$events" --events "$demo_events" \
        --offices "$(IFS=,; printf '%s' "${demo_offices[*]}")"
    done_step generator "$(thousands "$(cat "$events"/*.ndjson | wc -l)") webhooks of three offices, $(du -sh "$events" | cut -f1)"
    demo_sql schedule >/dev/null
    for office in "${demo_offices[@]}"; do
        demo_post "$office" "$events/$office.ndjson"
    done
}

demo_post() {
    local office=$1 file=$2 started=${EPOCHREALTIME/./} total line sums=(0 0 0 0 0 0) seconds
    total=$(grep -c . "$file")
    while IFS= read -r line; do # into sums at once, the end of the file would empty them
        IFS='|' read -r -a sums <<<"$line"
        progress "$office" "${sums[0]}" "$total" "$(rate "${sums[0]}" "$started")"
    done < <(PGCRM_SECRET=${demo_secrets[$office]} "$checkout/build/release/pgcrm-post" \
        "http://127.0.0.1:$gateway_port/webhook/$office" "$file")
    ((sums[0] == total && sums[5] == 0)) || die "$office: only $((sums[0] - sums[5])) of $total webhooks were acknowledged"
    seconds=$(awk -v us=$((${EPOCHREALTIME/./} - started)) 'BEGIN { printf "%.1f", us / 1e6 }')
    done_step "$office" "$(thousands "$total") webhooks posted in $seconds s, $(rate "$total" "$started"): $(
        thousands "${sums[1]}") stored, $(thousands "${sums[2]}") repeated, $(
        thousands "${sums[3]}") of other kinds, $(thousands "${sums[4]}") in quarantine"
}

# rate COUNT STARTED: 12,345/s since then (in microseconds)
rate() {
    local passed=$((${EPOCHREALTIME/./} - $2))
    printf '%s/s' "$(thousands $(($1 * 1000000 / (passed > 0 ? passed : 1))))"
}

# What pg_cron calls at each full minute, called now: nobody has to wait for it here.
demo_refresh() {
    local all pending started=${EPOCHREALTIME/./} tries=0
    all=$(demo_pending)
    pending=$all
    while ((pending > 0)); do
        ((tries < 60)) || die "$(thousands "$pending") leads are still pending" "The server's log is $cluster_dir/server.log."
        ((tries == 0)) || sleep 1 # pg_cron is at it
        progress refresh $((all - pending)) "$all" "$(thousands "$pending") leads pending"
        demo_query 'call crm_refresh_all()'
        pending=$(demo_pending)
        tries=$((tries + 1))
    done
    done_step refresh "$(thousands "$all") leads in $(((${EPOCHREALTIME/./} - started) / 1000)) ms; none is pending. From here on pg_cron does it, each minute"
}

demo_pending() {
    demo_query 'select coalesce(sum(pending_leads), 0) from pgcrm.account_status'
}

demo_report() {
    local office
    for office in "${demo_offices[@]}"; do
        say
        demo_sql funnel --set=office="$office" | sed -E "s/^#(.*)/$bold\\1$plain/; s/^(.)/  \\1/"
    done
    say
}

demo_verify() {
    local office differences started
    for office in "${demo_offices[@]}"; do
        started=${EPOCHREALTIME/./}
        differences=$(demo_query "select count(*) from crm_verify('$office')")
        if ((differences > 0)); then
            warn "crm_verify('$office') finds $differences differences:"
            run_sql pgcrm --command="select * from crm_verify('$office') limit 20" >&2
            die "the numbers of $office are not what a recomputation gives"
        fi
        done_step verify "$office: recomputed from its events by plain SQL in $((
            (${EPOCHREALTIME/./} - started) / 1000)) ms, every number is the same"
    done
}

demo_connect() {
    local password
    password=$(od -An -N 12 -t x1 /dev/urandom | tr -d ' \n')
    demo_query "alter role postgres password '$password'"
    say
    say "  ${bold}Look around${plain}"
    say '    ./pgcrm psql'
    say "    psql 'postgresql://postgres:$password@127.0.0.1:$cluster_port/pgcrm'"
    say
    say "    select * from crm_bi.sales_funnel_monthly where account = 'office_a' order by month desc, funnel_step;"
    say "    select * from pgcrm.account_status;"
    say
    say "  ${bold}Send a webhook${plain}"
    say "    curl -d '{\"webhook_event\": {\"id\": 99000001, \"event\": \"lead.creation\", \"data\": {\"id\": 990001, \"status\": \"todo\","
    say "        \"step\": \"Incoming\", \"step_id\": 201, \"pipeline\": \"Sales\", \"created_at\": \"2026-01-05T15:02:11Z\"}}}' \\"
    say "      -H 'Content-Type: application/json' -H 'Authorization: Bearer ${demo_secrets[office_a]}' \\"
    say "      http://127.0.0.1:$gateway_port/webhook/office_a"
    say "    curl http://127.0.0.1:$gateway_metrics_port/metrics"
    say
}

demo_stay() {
    say '  Server and gateway stay up until Ctrl-C.'
    trap 'demo_stays_up=' INT
    while [[ -n $demo_stays_up ]]; do
        sleep 1 || true
    done
    trap 'exit 130' INT
}

# psql in the database of a demo that is up.
demo_psql() {
    local data=$checkout/.demo/data process port
    { read -r process; read -r _; read -r _; read -r port; } 2>/dev/null <"$data/postmaster.pid" || process=
    [[ -n $process && $(readlink "/proc/$process/cwd") == "$(readlink -f "$data")" ]] ||
        die 'no demo is up' 'Start one with ./pgcrm demo.'
    PGHOST=$(readlink -f "$checkout/.demo/socket") PGPORT=$port PGUSER=postgres PGDATABASE=pgcrm \
        exec "$(cluster_bin psql)" "$@"
}
