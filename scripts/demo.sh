# shellcheck shell=bash
# ./pgcrm demo: three offices' events into a private server, refreshed by pg_cron, printed as
# funnels. Every number on the way comes from the database.

demo_offices=(office_a office_b office_c)
demo_events=60000
demo_stays_up=yes

demo() {
    demo_options "$@"
    cluster_at .demo
    refuse_second_run
    say "${bold}pgcrm demo${plain}"
    install_packages demo
    build_all
    build_generator
    demo_cluster
    demo_load
    demo_wait_for_refresh
    demo_report
    demo_verify
    demo_connect
    [[ -z $demo_stays_up ]] || demo_stay
    cluster_stop
    cluster_clear
    say '  The server is stopped, and .demo/ is gone.'
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

# The events go to files, by COPY into a table, and from there through crm_ingest_batch.
demo_load() {
    local office events=$cluster_dir/events
    mkdir "$events"
    "$checkout/build/release/pgcrm-gen" --out "$events" --format copy --events "$demo_events" \
        --offices "$(IFS=,; printf '%s' "${demo_offices[*]}")"
    done_step generator "$(thousands "$(cat "$events"/*.copy | wc -l)") webhooks of three offices, $(du -sh "$events" | cut -f1)"
    demo_sql schedule >/dev/null
    for office in "${demo_offices[@]}"; do
        run_sql pgcrm --command="copy demo.$office (body) from stdin" <"$events/$office.copy"
        demo_ingest "$office" "$(wc -l <"$events/$office.copy")"
    done
}

demo_ingest() {
    local office=$1 total=$2 started=${EPOCHREALTIME/./} done=0 sums=(0 0 0 0) bodies outcome i seconds
    while IFS='|' read -r bodies outcome; do
        done=$((done + bodies))
        IFS='|' read -r -a outcome <<<"$outcome"
        for i in 0 1 2 3; do
            sums[i]=$((sums[i] + outcome[i]))
        done
        progress "$office" "$done" "$total" "$(rate "$done" "$started")"
    done < <(demo_sql ingest --set=office="$office")
    ((done == total)) || die "$office: only $done of $total webhooks went in"
    seconds=$(awk -v us=$((${EPOCHREALTIME/./} - started)) 'BEGIN { printf "%.1f", us / 1e6 }')
    done_step "$office" "$(thousands "$done") webhooks in $seconds s, $(rate "$done" "$started"): $(
        thousands "${sums[0]}") stored, $(thousands "${sums[1]}") repeated, $(
        thousands "${sums[2]}") of other kinds, $(thousands "${sums[3]}") in quarantine"
}

# rate COUNT STARTED: 12,345/s since then (in microseconds)
rate() {
    local passed=$((${EPOCHREALTIME/./} - $2))
    printf '%s/s' "$(thousands $(($1 * 1000000 / (passed > 0 ? passed : 1))))"
}

# pg_cron comes by at each full minute.
demo_wait_for_refresh() {
    local all pending loaded_at started=$SECONDS
    loaded_at=$(demo_query 'select now()')
    all=$(demo_pending)
    pending=$all
    while ((pending > 0)); do
        ((SECONDS - started < 300)) || demo_refresh_is_late
        progress refresh $((all - pending)) "$all" "$(thousands "$pending") leads pending, pg_cron in $((60 - 10#$(date +%S))) s"
        sleep 1
        pending=$(demo_pending)
    done
    done_step refresh "$(demo_query "
        select format('by pg_cron, %s leads in %s s; none is pending', to_char($all, 'FM999,999,999'),
                      round(extract(epoch from sum(end_time - start_time)), 1))
        from cron.job_run_details
        where status = 'succeeded' and end_time >= '$loaded_at'")"
}

demo_pending() {
    demo_query 'select coalesce(sum(pending_leads), 0) from pgcrm.account_status'
}

demo_refresh_is_late() {
    demo_query 'select status, return_message from cron.job_run_details order by runid desc limit 3' >&2
    die 'pg_cron did not bring the refresh to its end within five minutes' "The server's log is $cluster_dir/server.log."
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
}

demo_stay() {
    say '  The server stays up until Ctrl-C.'
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
