# shellcheck shell=bash
# ./pgcrm bench: how fast, as ratios. Each row of the table measures our way and a rival's way to
# the same end, in one private server, in turn (A B, B A, A B ...), so that what disturbs the
# machine disturbs both. A row is a file of test/bench/; its README says how to write one.

bench_runs=5
bench_events=200000
bench_seconds=10
bench_only=all
bench_json=
bench_profile=
bench_rows=()           # in the order of their files
declare -A bench_kind=() bench_must=() bench_goal=() bench_unit=() bench_what=() bench_against=()
declare -A samples=()   # "row.side" -> its values, in the order of the runs
bench_failed=()

bench_usage() {
    cat <<TEXT
usage: ./pgcrm bench [OPTION...]

Measures pgcrm against the best that plain PostgreSQL does, in a private server in .bench/.

  --only ROW,...   these rows only
  --quick          20,000 events, a history of 200,000, 3 runs, 2 seconds: to see that it works, not to quote
  --runs N         runs of each side, in turn; the median counts (5)
  --events N       events of the bulk rows (200000)
  --seconds N      how long webhooks are posted in each run (10)
  --history N      observations of the refresh and rebuild rows (10000000)
  --json FILE      writes the results there as well
  --report         measures nothing: the last results, and those of earlier commits beside them
  --profile ROW    runs our side of a row under perf and prints where the time goes
  --help

Results go to build/bench/: last.json, last.txt, and one line for each row to history.tsv.
The exit status is 0 also when a goal is missed, 1 when something could not be measured.

TEXT
    bench_list
}

bench_list() {
    local row
    for row in "${bench_rows[@]}"; do
        printf '  %-12s %s, against %s\n' "$row" "${bench_what[$row]}" "${bench_against[$row]}"
    done
}

# bench_row NAME at_least|at_most|report MUST GOAL UNIT WHAT AGAINST: registers a row. MUST and
# GOAL are for the ratio ours / rival.
bench_row() {
    bench_rows+=("$1")
    bench_kind[$1]=$2 bench_must[$1]=$3 bench_goal[$1]=$4 bench_unit[$1]=$5 bench_what[$1]=$6 bench_against[$1]=$7
}

bench_load_rows() {
    local file
    for file in "$checkout"/test/bench/*.sh; do
        # shellcheck source=/dev/null
        source "$file"
    done
}

bench() {
    bench_load_rows
    bench_options "$@"
    [[ $bench_action != report ]] || { bench_report; return; }
    cluster_at .bench
    refuse_second_run
    say "${bold}pgcrm bench${plain}"
    install_packages bench
    build_all
    build_programs pgcrm-gen
    mkdir -p "$checkout/build/bench"
    bench_cluster
    if [[ -n $bench_profile ]]; then
        "profile_$bench_profile" || die "row \"$bench_profile\" could not be profiled"
    else
        bench_measure
    fi
    history_stop
    cluster_stop
    cluster_clear
    ((${#bench_failed[@]} == 0)) || die "could not be measured: ${bench_failed[*]}"
}

bench_options() {
    bench_action=measure
    while (($# > 0)); do
        case $1 in
            --quick) bench_events=20000 bench_history=200000 bench_runs=3 bench_seconds=2 ;;
            --report) bench_action=report ;;
            --help) bench_usage && exit ;;
            --only | --runs | --events | --seconds | --history | --json | --profile)
                (($# > 1)) || die "$1 needs a value"
                bench_option "$1" "$2"
                shift
                ;;
            *) die "bench has no option \"$1\"" './pgcrm bench --help lists them.' ;;
        esac
        shift
    done
}

bench_option() {
    case $1 in
        --only) bench_only=,$2, && bench_check_rows "$2" ;;
        --runs) bench_runs=$(bench_number "$1" "$2" 99) ;;
        --events) bench_events=$(bench_number "$1" "$2" 100000000) ;;
        --seconds) bench_seconds=$(bench_number "$1" "$2" 3600) ;;
        --history) bench_history=$(bench_number "$1" "$2" 100000000) ;;
        --json) bench_json=$2 ;;
        --profile)
            bench_check_rows "$2"
            declare -F "profile_$2" >/dev/null || die "row \"$2\" cannot be profiled"
            bench_profile=$2
            ;;
    esac
}

# Called as $(...), whose failure ends the script.
bench_number() {
    if [[ ! $2 =~ ^[1-9][0-9]{0,8}$ ]] || (($2 > $3)); then
        die "$1 takes a number from 1 to $3, not \"$2\""
    fi
    printf '%d' "$2"
}

bench_check_rows() {
    local row
    for row in ${1//,/ }; do
        [[ " ${bench_rows[*]} " == *" $row "* ]] || die "there is no row \"$row\"" "Rows: ${bench_rows[*]}"
    done
}

# --- the server ---

# Set up as in production: every commit is durable. The log is big enough that no checkpoint falls
# into a run, jit is off because no statement here gains from it, and there is no pg_cron.
bench_cluster() {
    cluster_claim .bench
    cluster_make bench
    cluster_configure bench "shared_preload_libraries = ''" "listen_addresses = ''" \
        'fsync = on' 'synchronous_commit = on' 'full_page_writes = on' "shared_buffers = $(bench_shared_buffers)" \
        'max_wal_size = 16GB' 'min_wal_size = 4GB' 'checkpoint_timeout = 1h' 'jit = off'
    cluster_start
    bench_sql setup >/dev/null
    bench_describe_machine
    done_step server "$(server_version) in .bench/, $bench_settings"
    say "    $bench_machine"
}

# 1 GB, or a quarter of a small machine's memory.
bench_shared_buffers() {
    awk '/^MemTotal:/ { quarter = int($2 / 4096); print (quarter < 1024 ? quarter : 1024) "MB" }' /proc/meminfo
}

bench_describe_machine() {
    local memory model
    model=$(sed -n '/^model name/ { s/^[^:]*: *//p; q }' /proc/cpuinfo)
    memory=$(awk '/^MemTotal:/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)
    bench_settings=$(bench_query "
        select string_agg(format('%s %s', name, current_setting(name)), ', ' order by name)
        from pg_settings
        where name in ('fsync', 'synchronous_commit', 'shared_buffers', 'autovacuum', 'jit')")
    bench_machine="$(nproc) cores of ${model:-$(uname -m)}, $memory, fdatasync $(bench_fdatasync), $(server_version
        ), g++ $(g++ -dumpfullversion), load $(cut -d' ' -f1 /proc/loadavg) before"
}

# The mean time of a write of 8 kB, into a file that has its size, that is on the disk when it returns.
bench_fdatasync() {
    local file=$cluster_dir/fdatasync writes=500 started
    dd if=/dev/zero of="$file" bs=8k count=$writes conv=fsync status=none
    started=${EPOCHREALTIME/./}
    dd if=/dev/zero of="$file" bs=8k count=$writes oflag=dsync conv=notrunc status=none
    printf '%d µs' $(((${EPOCHREALTIME/./} - started) / writes))
    rm -f "$file"
}

# bench_sql FILE [PSQL OPTION...]: a file of test/bench/sql.
bench_sql() {
    local file=$1
    shift
    run_sql bench --tuples-only --no-align --set=events="$bench_events" "$@" --file="$checkout/test/bench/sql/$file.sql"
}

bench_query() {
    run_sql bench --tuples-only --no-align --command="$1"
}

# --- measuring: what rows call ---

# calculate EXPRESSION: arithmetic with fractions.
calculate() {
    awk "BEGIN { printf \"%.6g\", $1 }"
}

# sample ROW SIDE VALUE
sample() {
    samples[$1.$2]+=" $3"
}

# interleave LABEL OURS RIVAL: each of the two commands bench_runs times; who begins changes.
interleave() {
    local label=$1 run side sides done=0 total=$((2 * bench_runs))
    for ((run = 0; run < bench_runs; run++)); do
        sides=("$2" "$3")
        ((run % 2 == 0)) || sides=("$3" "$2")
        for side in "${sides[@]}"; do
            progress "$label" "$done" "$total" "run $((run + 1)) of $bench_runs"
            "$side" || return 1
            done=$((done + 1))
        done
    done
    progress "$label" "$total" "$total"
    clear_progress
}

check_perf() {
    command -v perf >/dev/null || die 'perf is not installed' 'On Debian: apt-get install linux-perf'
}

# profile_backend COMMAND: perf on the backend that runs COMMAND (one psql), then its top functions.
profile_backend() {
    local data=$checkout/build/bench/perf.data child backend
    check_perf
    PGAPPNAME=profiled "$1" >"$(logs)/bench-profile.log" 2>&1 &
    child=$!
    until backend=$(bench_query "select pid from pg_stat_activity where application_name = 'profiled'") && [[ -n $backend ]]; do
        kill -0 "$child" 2>/dev/null || { show_end "$(logs)/bench-profile.log"; return 1; }
        sleep 0.02
    done
    quietly profile "$(logs)/bench-perf.log" perf record --freq=997 --pid="$backend" --output="$data" ||
        { show_end "$(logs)/bench-perf.log"; return 1; }
    wait "$child" || { show_end "$(logs)/bench-profile.log"; return 1; }
    profile_print "$data"
}

# The share of each library, then the functions that take at least half of a percent themselves.
profile_print() {
    profile_table "$1" dso
    profile_table "$1" dso,symbol | head -n 60
    say '    Functions without a name are those of a server without symbols (Debian: postgresql-NN-dbgsym).'
    say "    more: perf report --input=${1#"$checkout"/}"
}

profile_table() {
    say
    perf report --input="$1" --stdio --sort="$2" --fields="overhead,$2" --percent-limit=0.5 2>/dev/null |
        sed -E '/^#|^ *$/d; s/( +-)* *$//' | sort -rn
}

# --- the results ---

bench_measure() {
    local row started=$SECONDS measured=()
    for row in "${bench_rows[@]}"; do
        [[ $bench_only == all || $bench_only == *",$row,"* ]] || continue
        if "row_$row" && [[ -n ${samples[$row.ours]:-} && -n ${samples[$row.rival]:-} ]]; then
            measured+=("$row")
        else
            bench_failed+=("$row")
        fi
    done
    bench_when=$(date --utc +%Y-%m-%dT%H:%M:%SZ)
    bench_commit=$(git -C "$checkout" describe --always --dirty --abbrev=10 2>/dev/null || printf 'unknown')
    bench_print "${measured[@]}" | tee "$checkout/build/bench/last.txt"
    bench_write "${measured[@]}"
    done_step results "build/bench/last.json, $(duration $((SECONDS - started)))"
}

# statistics ROW: median, minimum and maximum of ours, of the rival and of the ratios run by run.
statistics() {
    awk -v ours="${samples[$1.ours]}" -v rival="${samples[$1.rival]}" '
        function sorted_insert(list, n, value,    i) {
            for (i = n; i > 0 && list[i] > value; i--) list[i + 1] = list[i]
            list[i + 1] = value
        }
        function show(list, n) {
            printf "%.6g %.6g %.6g ", n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2, list[1], list[n]
        }
        BEGIN {
            n = split(ours, o, " "); split(rival, r, " ")
            for (i = 1; i <= n; i++) {
                sorted_insert(a, i - 1, o[i] + 0); sorted_insert(b, i - 1, r[i] + 0); sorted_insert(q, i - 1, o[i] / r[i])
            }
            show(a, n); show(b, n); show(q, n)
            print ""
        }'
}

# verdict ROW must|goal RATIO: met, or not met.
verdict() {
    local bound=${bench_must[$1]}
    [[ $2 == must ]] || bound=${bench_goal[$1]}
    case ${bench_kind[$1]} in
        at_least) awk -v r="$3" -v b="$bound" 'BEGIN { print (r >= b ? "met" : "not met") }' ;;
        at_most) awk -v r="$3" -v b="$bound" 'BEGIN { print (r <= b ? "met" : "not met") }' ;;
        report) printf -- '-\n' ;;
    esac
}

# bound ROW must|goal RATIO: the bound, and whether it is met
bound() {
    local sign='≥' value=${bench_must[$1]}
    [[ $2 == must ]] || value=${bench_goal[$1]}
    case ${bench_kind[$1]} in
        at_most) sign='≤' ;;
        report) printf -- '-' && return ;;
    esac
    printf '%s %s %s' "$sign" "$value" "$(verdict "$@")"
}

# 31234.5 -> 31,234; 3.14159 -> 3.14
figure() {
    local value
    value=$(awk -v v="$1" 'BEGIN { printf (v >= 1000 ? "%.0f" : v >= 100 ? "%.1f" : "%.2f"), v }')
    thousands "${value%%.*}" | tr -d '\n'
    [[ $value != *.* ]] || printf '.%s' "${value#*.}"
}

bench_print() {
    local row
    printf '\n  %s at %s\n  %s\n' "$bench_commit" "$bench_when" "$bench_machine"
    printf '  %s events, bodies of %s bytes, a history of %s observations, webhooks for %d s, %d runs of each side: median (least .. most)\n\n' \
        "$(thousands "$bench_events")" "$(thousands "${bench_bytes:-0}")" "$(thousands "$bench_history")" "$bench_seconds" "$bench_runs"
    for row in "$@"; do
        bench_print_row "$row"
    done
    for row in "$@"; do
        if declare -F "detail_$row" >/dev/null; then
            printf '  %s\n' "$row"
            "detail_$row" | sed 's/^/    /'
            printf '\n'
        fi
    done
}

bench_print_row() {
    local row=$1 s
    read -r -a s < <(statistics "$row")
    printf '  %s: %s, in %s\n' "$row" "${bench_what[$row]}" "${bench_unit[$row]}"
    printf '    ours   %12s   (%s .. %s)\n' "$(figure "${s[0]}")" "$(figure "${s[1]}")" "$(figure "${s[2]}")"
    printf '    rival  %12s   (%s .. %s)   %s\n' "$(figure "${s[3]}")" "$(figure "${s[4]}")" "$(figure "${s[5]}")" "${bench_against[$row]}"
    printf '    ratio  %12.2f   (%.2f .. %.2f)   must %s   goal %s\n\n' "${s[6]}" "${s[7]}" "${s[8]}" \
        "$(bound "$row" must "${s[6]}")" "$(bound "$row" goal "${s[6]}")"
}

json_text() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

bench_write() {
    local directory=$checkout/build/bench row s separator=''
    {
        printf '{"commit": %s, "measured_at": %s, "machine": %s, "settings": %s,\n "events": %d, "body_bytes": %d, "history": %d, "runs": %d,\n "rows": [' \
            "$(json_text "$bench_commit")" "$(json_text "$bench_when")" "$(json_text "$bench_machine")" \
            "$(json_text "$bench_settings")" "$bench_events" "${bench_bytes:-0}" "$bench_history" "$bench_runs"
        for row in "$@"; do
            printf '%s\n  ' "$separator" && bench_json_row "$row"
            separator=,
        done
        printf '\n ]}\n'
    } >"$directory/last.json"
    cp "$directory/last.json" "$directory/${bench_when//:/}-$bench_commit.json"
    [[ -z $bench_json ]] || cp "$directory/last.json" "$bench_json"
    for row in "$@"; do
        read -r -a s < <(statistics "$row")
        printf '%s\t' "$bench_when" "$bench_commit" "$row" "$bench_events" "$bench_runs" "${s[0]}" "${s[3]}" "${s[6]}" "${s[7]}"
        printf '%s\n' "${s[8]}"
    done >>"$directory/history.tsv"
}

bench_json_row() {
    local row=$1 s
    read -r -a s < <(statistics "$row")
    printf '{"row": "%s", "unit": %s, "against": %s, "ours": [%s], "rival": [%s],' "$row" "$(json_text "${bench_unit[$row]}")" \
        "$(json_text "${bench_against[$row]}")" "$(json_list "${samples[$row.ours]}")" "$(json_list "${samples[$row.rival]}")"
    printf ' "ratio": %s, "ratio_least": %s, "ratio_most": %s, "must": "%s", "goal": "%s"}' \
        "${s[6]}" "${s[7]}" "${s[8]}" "$(verdict "$row" must "${s[6]}")" "$(verdict "$row" goal "${s[6]}")"
}

# " 1 2 3" -> 1, 2, 3
json_list() {
    local list=${1# }
    printf '%s' "${list// /, }"
}

# The last results, and each commit's last ratio of each row.
bench_report() {
    local directory=$checkout/build/bench
    [[ -s $directory/history.tsv ]] || die 'nothing was measured yet' 'Run ./pgcrm bench first.'
    cat "$directory/last.txt"
    say "  ${bold}by commit${plain}"
    printf '  %-20s %-18s %-12s %9s %12s %12s %7s   %s\n' measured commit row events ours rival ratio 'least .. most'
    awk -F '\t' '{ printf "  %-20s %-18s %-12s %9d %12.6g %12.6g %7.2f   %.2f .. %.2f\n", $1, $2, $3, $4, $6, $7, $8, $9, $10 }' \
        "$directory/history.tsv" | sort -k3,3 -k1,1
}
