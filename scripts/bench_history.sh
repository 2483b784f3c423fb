# shellcheck shell=bash
# The long history that rows about refreshing run on: accounts of six sizes in a private server of
# their own in .bench-history/, which is kept. Making ten million observations takes minutes; a run
# whose sizes, engine and generator are those of the run before starts the server and goes on.
# Rows leave it as they found it; what an interrupted run left is taken back first.
#
# in_history COMMAND runs COMMAND against it: bench_sql and run_sql go there then.

bench_history=10000000
history_new_events=1000
history_dir=
history_runs_of_server=
history_socket=

in_history() {
    local cluster_place=$checkout/.bench-history cluster_dir=$history_dir cluster_runs=$history_runs_of_server
    local -x PGHOST=$history_socket PGPORT=$cluster_port PGUSER=postgres
    local status=0
    "$@" || status=$?
    history_dir=$cluster_dir history_runs_of_server=$cluster_runs history_socket=$PGHOST
    return "$status"
}

# The largest, and each next smaller by the root of ten: 10,000,000 3,162,278 ... 31,623
history_sizes() {
    awk -v n="$bench_history" 'BEGIN { for (i = 0; i < 6; i++) printf "%d\n", int(n / 10 ^ (i / 2) + 0.5) }'
}

history_account() {
    printf 'h%d' "$1"
}

# What the history's content depends on: its sizes, the SQL and the engine, and the server.
history_key() {
    history_sizes | tr '\n' ' '
    (cd "$checkout" && { "$pg_config" --version
        find extension sql test/bench/sql/history_* -type f -not -path 'sql/rules/*' \( -name '*.[ch]pp' -o -name '*.sql' -o -name '*.json' \) -print0 |
            sort -z | xargs -0 sha256sum; } | sha256sum | cut -c1-16)
}

provide_history() {
    local started=$SECONDS key
    key=$(history_key)
    if in_history history_reopen "$key"; then
        in_history history_forget || return 1
    else
        in_history history_make "$key" || return 1
    fi
    in_history history_warm_up || return 1
    done_step history "$(thousands "$bench_history") observations and five smaller in .bench-history/, $(
        duration $((SECONDS - started)))"
}

# False when there is none, or another.
history_reopen() {
    cluster_at .bench-history
    [[ $(cat "$cluster_dir/key" 2>/dev/null) == "$1" ]] || return 1
    refuse_second_run
    stop_leftover_server
    history_claim
    if [[ ! -d $cluster_dir/socket ]]; then # it may have been a link into a /tmp that was cleared
        rm -f "$cluster_dir/socket"
        make_socket_directory
        printf "unix_socket_directories = '%s'\n" "$(readlink -f "$cluster_dir/socket")" >>"$cluster_dir/data/postgresql.conf"
    fi
    history_dir=$cluster_dir history_runs_of_server=yes # told on_exit before it is so
    cluster_start
}

history_claim() {
    printf '%s %s\n' $$ "$(start_of_process $$)" >"$cluster_dir/run"
}

history_make() {
    local size log
    log=$(logs)/bench-history.log
    cluster_claim .bench-history
    cluster_make bench
    cluster_configure bench "shared_preload_libraries = ''" "listen_addresses = ''" \
        'fsync = on' 'synchronous_commit = on' 'full_page_writes = on' "shared_buffers = $(history_shared_buffers)" \
        'max_wal_size = 16GB' 'min_wal_size = 1GB' 'checkpoint_timeout = 1h' 'jit = off'
    history_dir=$cluster_dir history_runs_of_server=yes
    cluster_start
    bench_sql setup >/dev/null && bench_sql history_setup >/dev/null && bench_sql history_events >/dev/null || return 1
    for size in $(history_sizes | sort -n); do
        quietly history "$log" history_fill "$size" || { show_end "$log"; return 1; }
        say "    $(history_told "$size" "$log")"
    done
    quietly history "$log" run_sql bench --command=checkpoint
    printf '%s' "$1" >"$cluster_dir/key"
}

history_fill() {
    bench_sql history_fill --set=account="$(history_account "$1")" --set=observations="$1"
}

history_told() {
    local filled built observations stays
    IFS='|' read -r filled built observations stays < <(tail -n 1 "$2")
    printf '%s observations filled in within %s s; %s stays and their marts built within %s s' \
        "$(thousands "$observations")" "$filled" "$(thousands "$stays")" "$built"
}

# A quarter of the memory, as production has it, and no more than 8 GB.
history_shared_buffers() {
    awk '/^MemTotal:/ { quarter = int($2 / 4096); print (quarter < 8192 ? quarter : 8192) "MB" }' /proc/meminfo
}

history_forget() {
    local size
    for size in $(history_sizes); do
        bench_sql rebuild_clean --set=account="$(history_account "$size")" >/dev/null || return 1
    done
}

# Largest last: what does not fit into memory is what is measured least.
history_warm_up() {
    local size
    for size in $(history_sizes | sort -n); do
        bench_sql history_warm --set=account="$(history_account "$size")" >/dev/null || return 1
    done
}

# Keeps the directory; the next run takes it.
history_stop() {
    [[ -n $history_runs_of_server ]] || return 0
    in_history cluster_stop
    rm -f "$history_dir/run"
    # When the run was interrupted inside of in_history, what comes next is meant for the other server.
    cluster_at .bench
    cluster_runs=yes
}

# --- what rows call ---

# The six sizes may take minutes each: no more than three runs of the rows that recompute everything.
history_runs() {
    printf '%d' $((bench_runs < 3 ? bench_runs : 3))
}

history_sql() {
    in_history bench_sql "$@" --set=new_events="$history_new_events"
}

# Refreshes on a history of SIZE: seconds|on a core|WAL|of it page images|leads|observations|stays|cells
history_refresh() {
    history_sql refresh_ours --set=account="$(history_account "$1")"
}

# bench_sql with what the rival writes, and by which rules: for the marts, stays and leads are those it has written before.
rival_sql() {
    bench_sql "$@" --set=written="$(written_tables)" --set=rules="$("$checkout/scripts/rules.sh" parts)" \
        --set=rules_of_marts="$("$checkout/scripts/rules.sh" parts "$checkout/test/bench/sql/marts_rival_parts.sql")"
}

# Those that hold nothing but what a refresh writes, as words; stage and account hold settings too.
written_tables() {
    local relations
    mapfile -t relations < <("$checkout/scripts/rules.sh" compared | grep -vxE 'stage|stage_seen|account')
    printf '%s' "${relations[*]}"
}

# The rival on a history of SIZE, twice: from empty tables, and over those that are full. Two lines of
# seconds|on a core|WAL|stays.
history_rival() {
    local account
    account=$(history_account "$1")
    in_history rival_sql marts_rival_tables --set=account="$account" --set=filled=false >/dev/null &&
        in_history rival_sql marts_rival --set=account="$account" && in_history rival_sql marts_rival --set=account="$account"
}

# The second of them alone.
history_rival_again() {
    local account
    account=$(history_account "$1")
    in_history rival_sql marts_rival_tables --set=account="$account" --set=filled=true >/dev/null &&
        in_history rival_sql marts_rival --set=account="$account"
}

# What the rival wrote last is what the account has, row by row.
history_check() {
    history_sql marts_check --set=account="$(history_account "$1")" >/dev/null
}

bench_wants() {
    [[ $bench_only == all || $bench_only == *",$1,"* ]]
}

history_log() {
    printf '%s/bench-history.log' "$(logs)"
}

# One run of each side for the rows refresh and rebuild; the rival's work is the same for both.
provide_marts_runs() {
    need history || return 1
    local runs
    runs=$(history_runs)
    local bench_runs=$runs
    interleave marts marts_ours marts_rival || return 1
    history_check "$bench_history" || { warn "the rival's stays and marts are not the account's"; return 1; }
    done_step marts "the rival's stays and marts are the account's, row by row"
}

marts_ours() {
    local outcome seconds core wal _
    outcome=$(history_refresh "$bench_history") || return 1
    IFS='|' read -r seconds core wal _ <<<"$outcome"
    refresh_told+=("$outcome")
    sample refresh ours "$(calculate "3600 / $seconds")"
    sample refresh_cpu ours "$(calculate "1000 * $core")"
    sample refresh_wal ours "$(calculate "$wal / $history_new_events")"
    ! bench_wants_rebuild || { rebuild_once same false && rebuild_once empty true; }
}
refresh_told=()

bench_wants_rebuild() {
    bench_wants rebuild || bench_wants rebuild_same || bench_wants rebuild_memory
}

marts_rival() {
    local outcome seconds core wal stays run=history_rival_again
    ! bench_wants_rebuild || run=history_rival
    outcome=$("$run" "$bench_history") || return 1
    IFS='|' read -r seconds core wal stays < <(tail -n 1 <<<"$outcome")
    sample refresh rival "$(calculate "3600 / $seconds")"
    sample refresh_cpu rival "$(calculate "1000 * $core")"
    sample refresh_wal rival "$(calculate "$wal / $history_new_events")"
    sample rebuild_same rival "$(calculate "$bench_history / $seconds")"
    rebuild_told+=("SQL, over full tables: $(figure "$seconds") s, $(figure "$core") s on a core, $(thousands "$wal") bytes of WAL")
    bench_wants_rebuild || return 0
    IFS='|' read -r seconds core wal stays < <(head -n 1 <<<"$outcome")
    sample rebuild rival "$(calculate "$bench_history / $seconds")"
    sample rebuild_memory rival 512
    rebuild_told+=("SQL, from empty:       $(figure "$seconds") s, $(figure "$core") s on a core, $(thousands "$wal") bytes of WAL")
}
rebuild_told=()

# rebuild_once empty|same FROM_EMPTY
rebuild_once() {
    local outcome seconds core wal most observations own row=rebuild peak=$history_dir/peak
    [[ $1 == empty ]] || row=rebuild_same
    history_watch_memory >"$peak" &
    if ! outcome=$(PGAPPNAME=rebuilding history_sql rebuild_ours --set=account="$(history_account "$bench_history")" --set=from_empty="$2" \
        --set=written="$(written_tables)"); then
        wait $!
        return 1
    fi
    wait $! || return 1
    own=$(cat "$peak")
    IFS='|' read -r seconds core wal most observations <<<"$outcome"
    [[ -n $observations && -n $own ]] || { warn "a rebuild of $bench_history observations failed"; return 1; }
    sample "$row" ours "$(calculate "$bench_history / $seconds")"
    [[ $1 == same ]] || sample rebuild_memory ours "$(calculate "$own / 1024")"
    rebuild_told+=("ours, $1: $(figure "$seconds") s, $(figure "$core") s on a core, $(thousands "$wal") bytes of WAL; $((own / 1024)) MB of its own, $((most / 1024)) MB with shared memory")
    history_sql rebuild_clean --set=account="$(history_account "$bench_history")" >/dev/null
}

# The most memory of its own (kB) that the session named "rebuilding" has had, seen ten times a second.
# VmHWM of a backend counts the pages of shared_buffers that it has touched, so it is no measure.
history_watch_memory() {
    local backend= now most=0
    until backend=$(in_history bench_query "select pid from pg_stat_activity where application_name = 'rebuilding'") && [[ -n $backend ]]; do
        sleep 0.05
    done
    while now=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$backend/status" 2>/dev/null) && [[ -n $now ]]; do
        ((now <= most)) || most=$now
        sleep 0.1
    done
    printf '%d' "$most"
}
