# shellcheck shell=bash
# What ./pgcrm test and ./pgcrm check have in common: layers, each with a line that counts; what failed is shown where
# it failed. The last line of the output is always the sum, also when the run is broken off: each layer that did not
# come to its end has failed. What cannot run here, for want of data or of a tool, is skipped, and never passed.
#
# Layers run in lanes, of which each is a process with a server of its own: what waits in one lets the other compute.

layers_begun=     # of a run that shall end with its sum, the layers
layers_finished=() # and those that are at their end
lane_process=
sum_passed=0
sum_failed=0
sum_skipped=0

# chosen_layers COMMAND LAYERS [ARGUMENT...]: sets `chosen` to those that --only names, or to all.
chosen_layers() {
    local command=$1 all=$2 layer
    shift 2
    read -ra chosen <<<"$all"
    case ${1:-} in
        '') ;;
        --help)
            "${command}_usage"
            exit
            ;;
        --only)
            (($# == 2)) || die "usage: ./pgcrm $command [--only LAYER,...]" "Layers: $all"
            chosen=()
            for layer in $all; do
                [[ ,$2, != *",$layer,"* ]] || chosen+=("$layer")
            done
            for layer in ${2//,/ }; do
                [[ " $all " == *" $layer "* ]] || die "there is no layer \"$layer\"" "Layers: $all"
            done
            ((${#chosen[@]} > 0)) || die '--only names no layer' "Layers: $all"
            ;;
        *) die "usage: ./pgcrm $command [--only LAYER,...]" "Layers: $all" ;;
    esac
}

# run_layers LAYER...: those of `beside` in a lane of their own.
run_layers() {
    local layer here=() there=() started=$SECONDS
    layers_begun="$*"
    printf '\n  %s%-11s %7s %7s %7s   %s%s\n' "$bold" layer passed failed skipped time "$plain"
    if [[ $1 == build ]]; then
        run_layer build
        shift
    fi
    for layer; do
        case " ${beside[*]} " in
            *" $layer "*) there+=("$layer") ;;
            *) here+=("$layer") ;;
        esac
    done
    ((${#there[@]} == 0)) || start_lane "${there[@]}"
    for layer in "${here[@]}"; do
        run_layer "$layer"
    done
    cluster_stop
    [[ -z $lane_process ]] || end_lane
    ((sum_failed > 0)) || clear_clusters
    printf '  %stime %s%s\n\n' "$dim" "$(duration $((SECONDS - started)))" "$plain"
    ((sum_failed == 0 && $(layers_missing) == 0)) || exit 1
}

run_layer() {
    local layer=$1 passed=0 failed=0 skipped=0 started=$SECONDS colour=$green
    "layer_$layer" || ((failed > 0)) || failed=1
    ((skipped == 0)) || colour=$yellow
    ((failed == 0)) || colour=$red
    clear_progress
    printf '  %s%-11s %7d %7d %7d%s   %s\n' "$colour" "$layer" "$passed" "$failed" "$skipped" "$plain" \
        "$(duration $((SECONDS - started)))"
    add_to_sum "$layer" "$passed" "$failed" "$skipped"
}

add_to_sum() {
    layers_finished+=("$1")
    sum_passed=$((sum_passed + $2))
    sum_failed=$((sum_failed + $3))
    sum_skipped=$((sum_skipped + $4))
}

layers_missing() {
    local all
    read -ra all <<<"$layers_begun"
    printf '%d' $((${#all[@]} - ${#layers_finished[@]}))
}

# Called when the script ends, however it ends.
print_sum() {
    [[ -n $layers_begun ]] || return 0
    printf '%d passed, %d failed, %d skipped\n' "$sum_passed" $((sum_failed + $(layers_missing))) "$sum_skipped"
}

# --- the lane beside ---

# Two lanes do not build at the same time: what the layers of the second need is made before it starts.
start_lane() {
    rm -f "$(logs)"/lane-*
    prepare_lane "$@"
    lane "$@" &
    lane_process=$!
}

lane() (
    layers_begun=
    sum_passed=0 sum_failed=0 sum_skipped=0 # what the other lane has counted is its own
    progress_moves=
    made[cluster]=
    cluster_runs=
    test_cluster=.test-beside
    trap 'show_lane_output; on_exit' EXIT
    trap 'exit 143' TERM
    local layer
    for layer; do
        run_layer "$layer" >"$(logs)/lane-output" 2>&1
        show_lane_output
        printf '%s %d %d %d\n' "$layer" "$sum_passed" "$sum_failed" "$sum_skipped" >>"$(logs)/lane-sums"
        sum_passed=0 sum_failed=0 sum_skipped=0
    done
)

# Each layer's output in one piece, so that it is not torn by what the other lane says.
show_lane_output() {
    [[ -e $(logs)/lane-output ]] || return 0
    cat "$(logs)/lane-output"
    rm -f "$(logs)/lane-output"
}

end_lane() {
    quietly 'the rest' /dev/null tail --pid="$lane_process" -f /dev/null
    wait "$lane_process" 2>/dev/null || true # it may be forgotten already
    lane_process=
    add_lane_sums
}

add_lane_sums() {
    local layer passed failed skipped
    while read -r layer passed failed skipped; do
        add_to_sum "$layer" "$passed" "$failed" "$skipped"
    done < <(cat "$(logs)/lane-sums" 2>/dev/null)
}

stop_lane() {
    [[ -n $lane_process ]] || return 0
    kill "$lane_process" 2>/dev/null || true
    wait "$lane_process" 2>/dev/null || true
    lane_process=
    add_lane_sums
}

clear_clusters() {
    local name
    for name in .test .test-beside; do
        cluster_at "$name"
        cluster_clear
    done
}

# --- counting ---

# count COMMAND...: one test that passes when the command does, and is skipped when its status is 77.
count() {
    local status=0
    "$@" || status=$?
    case $status in
        0) passed=$((passed + 1)) ;;
        77) skipped=$((skipped + 1)) ;;
        *) failed=$((failed + 1)) ;;
    esac
}

# count_tap LOG: what a TAP harness has written.
count_tap() {
    local ok not_ok skip
    ok=$(grep -c '^ok ' "$1") || true
    not_ok=$(grep -c '^not ok ' "$1") || true
    skip=$(grep -cE '^ok .*# *skip' "$1") || true
    passed=$((passed + ok - skip))
    failed=$((failed + not_ok))
    skipped=$((skipped + skip))
    sed -nE "s/^ok (- )?(.*) # *skip/  skipped: \2:/p" "$1"
}

# say_skipped LABEL LOG: what the log calls skipped; false if there is nothing.
say_skipped() {
    local label=$1 log=$2
    sed -n "s/^skipped: /  $label: skipped: /p" "$log"
    grep -q '^skipped: ' "$log"
}

# need THING: makes it once, and remembers how that went.
declare -A made=()
need() {
    if [[ -z ${made[$1]:-} ]]; then
        made[$1]=no
        ! "provide_$1" || made[$1]=yes
    fi
    [[ ${made[$1]} == yes ]]
}

# The end of a log, or the file that says more, when there is one.
show_end() {
    local log=$1 better=${2:-}
    warn "the whole output is in ${log#"$checkout"/}"
    if [[ -s $better ]]; then
        head -n 150 "$better" >&2
    else
        tail -n 60 "$log" >&2
    fi
}

# --- what layers of both commands need ---

provide_extension() {
    try g++ make make_extension WERROR=1 && install_extension
}

test_cluster=.test # of this lane

provide_cluster() {
    need extension || return 1
    cluster_claim "$test_cluster"
    cluster_make pgcrm_cron
    cluster_configure pgcrm_cron "listen_addresses = ''" 'fsync = off' 'max_connections = 50'
    cluster_start
}

# regress LABEL DIRECTORY [VARIABLE...]: make installcheck there.
regress() {
    local label=$1 directory=$2 log
    log=$(logs)/$1.log
    shift 2
    rm -f "$directory/regression.diffs"
    quietly "$label" "$log" make -C "$directory" PG_CONFIG="$pg_config" "$@" installcheck ||
        show_end "$log" "$directory/regression.diffs"
    passed=$(grep -cE '^(test )? *[^ ]+ +\.\.\. ok|^ok +[0-9]+' "$log") || true
    failed=$(grep -cE '^(test )? *[^ ]+ +\.\.\. FAILED|^not ok +[0-9]+' "$log") || true
    ((passed > 0)) && grep -qE '^ ?All [0-9]+ tests passed|^# All [0-9]+ tests passed' "$log"
}

# test_module NAME: test/NAME, an extension for testing only, which is in the server for as long as it is tested.
test_module() {
    local name=$1 status=0 make
    make=(make -C "$checkout/test/$name" "${make_flags[@]}" WERROR=1)
    [[ -w $("$pg_config" --pkglibdir) ]] || become_root "install test/$name into the server"
    try "$name" "$name-make" "${make[@]}" --jobs="$(nproc)" || return 1
    try "$name" "$name-install" "${as_root[@]}" "${make[@]}" install || return 1
    regress "$name" "$checkout/test/$name" || status=1
    quietly "$name" /dev/null "${as_root[@]}" "${make[@]}" uninstall || status=1
    return "$status"
}

# unit DIRECTORY [CTEST OPTION...]: the tests that CMake has built in build/DIRECTORY.
unit() {
    local directory=$1 log all
    shift
    log=$(logs)/unit-$directory.log
    quietly unit "$log" ctest --test-dir "$checkout/build/$directory" --output-on-failure --parallel "$(nproc)" "$@" ||
        show_end "$log"
    read -r failed all < <(sed -n 's/^.* tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$log") || return 1
    passed=$((all - failed))
    ((all > 0))
}

# gateway_tests LABEL NAME [ARGUMENT...]: test/gateway/NAME.py
gateway_tests() {
    local label=$1 name=$2 log
    log=$(logs)/$1.log
    shift 2
    if ! PSQL=$(cluster_bin psql) PG_BIN=$("$pg_config" --bindir) \
        quietly "$label" "$log" python3 -B "$checkout/test/gateway/$name.py" "$@"; then
        show_end "$log"
        grep -q '^not ok' "$log" || failed=$((failed + 1))
    fi
    count_tap "$log"
    ((passed + skipped > 0))
}

# reference DATABASE NAME [ARGUMENT...]: test/reference/NAME.py in a new database.
reference() {
    local database=$1 name=$2 log
    log=$(reference_log "$name")
    shift 2
    run_sql postgres --command="drop database if exists $database with (force)" \
        --command="create database $database" >"$log" 2>&1 &&
        run_sql "$database" --command='create extension pgcrm' >>"$log" 2>&1 &&
        PSQL=$(cluster_bin psql) quietly "reference: $name" "$log" \
            python3 -B "$checkout/test/reference/$name.py" "$database" "$@" &&
        printf 'passed\n' >>"$log"
    return 0
}

reference_log() {
    printf '%s/reference-%s.log' "$(logs)" "$1"
}

reference_outcome() {
    local log
    log=$(reference_log "$1")
    [[ $(tail -n 1 "$log") == passed ]] || { show_end "$log"; return 1; }
    ! say_skipped reference "$log" || return 77
}
