# shellcheck shell=bash
# ./pgcrm test: all layers in their order, each with a line that counts; what failed is shown
# where it failed. The last line of the output is always the sum, also when the run is broken
# off: what could not run has failed.

test_layers=(build lint unit probe regress isolation tap life gateway reference demo)
tests_run=
sum_passed=0
sum_failed=0

run_tests() {
    local only=all layer started=$SECONDS
    if [[ $# -eq 2 && $1 == --only ]]; then
        only=,$2,
        check_layers "$2"
    elif (($# > 0)); then
        die 'usage: ./pgcrm test [--only LAYER,...]' "Layers: ${test_layers[*]}"
    fi
    tests_run=yes
    install_packages test
    check_checkout_is_writable
    printf '\n  %s%-10s %8s %8s   %s%s\n' "$bold" layer passed failed time "$plain"
    for layer in "${test_layers[@]}"; do
        [[ $only != all && $only != *",$layer,"* ]] || run_layer "$layer"
    done
    cluster_stop
    ((sum_failed > 0)) || cluster_clear
    printf '  %stime %s%s\n\n' "$dim" "$(duration $((SECONDS - started)))" "$plain"
    tests_run=finished
    ((sum_failed == 0)) || exit 1
}

check_layers() {
    local layer
    for layer in ${1//,/ }; do
        [[ " ${test_layers[*]} " == *" $layer "* ]] || die "there is no layer \"$layer\"" "Layers: ${test_layers[*]}"
    done
}

# Called when the script ends, however it ends.
print_sum() {
    [[ -n $tests_run ]] || return 0
    [[ $tests_run == finished ]] || sum_failed=$((sum_failed + 1))
    printf '%d passed, %d failed\n' "$sum_passed" "$sum_failed"
}

run_layer() {
    local layer=$1 passed=0 failed=0 started=$SECONDS colour=$green
    "layer_$layer" || ((failed > 0)) || failed=1
    ((failed == 0)) || colour=$red
    clear_progress
    printf '  %s%-10s %8d %8d%s   %s\n' "$colour" "$layer" "$passed" "$failed" "$plain" "$(duration $((SECONDS - started)))"
    sum_passed=$((sum_passed + passed))
    sum_failed=$((sum_failed + failed))
}

# count COMMAND...: one test that passes when the command does.
count() {
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
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

# --- what the layers need ---

provide_extension() {
    make_flags+=(WERROR=1)
    try g++ make make_extension && install_extension
}

# The core, the generator, the tests and the fuzzers by clang, with sanitizers.
provide_check_build() {
    try cmake cmake configure_and_build check all -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ \
        -DPGCRM_WERROR=ON -DPGCRM_SANITIZE=ON -DPGCRM_FUZZ=ON
}

provide_cluster() {
    need extension || return 1
    cluster_claim .test
    cluster_make pgcrm_cron
    cluster_configure pgcrm_cron "listen_addresses = ''" 'fsync = off' 'max_connections = 50'
    cluster_start
}

provide_gateway() {
    build_program pgcrm-gateway
}

# --- the layers: each sets passed and failed; false when it could not run ---

layer_build() {
    count need extension
    count need check_build
    count try clang++ clang make_with_clang
}

# The same Makefile with the other compiler, in a copy, because both leave their objects beside the sources.
make_with_clang() {
    local copy=$checkout/build/clang
    rm -rf "$copy" && mkdir -p "$copy" &&
        tar -C "$checkout" --exclude='*.o' --exclude='*.d' -cf - Makefile pgcrm.control pgcrm.map extension scripts sql |
        tar -C "$copy" -xf - &&
        make -C "$copy" --jobs="$(nproc)" PG_CONFIG="$pg_config" CXX=clang++ WERROR=1 QUICK=1
}

layer_lint() {
    local check
    need extension || return 1
    for check in "$checkout"/.ci/*.sh; do
        count try "lint: $(basename "$check" .sh)" "lint-$(basename "$check" .sh)" env PG_CONFIG="$pg_config" "$check"
    done
}

layer_unit() {
    local log all
    need check_build || return 1
    log=$(logs)/unit.log
    quietly unit "$log" ctest --test-dir "$checkout/build/check" --output-on-failure --parallel "$(nproc)" || show_end "$log"
    read -r failed all < <(sed -n 's/^.* tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$log") || return 1
    passed=$((all - failed))
    ((all > 0))
}

layer_probe() {
    local status=0 make
    need cluster || return 1
    make=(make -C "$checkout/test/probe" "${make_flags[@]}")
    [[ -w $("$pg_config" --pkglibdir) ]] || become_root 'install the probe into the server'
    try probe probe-make "${make[@]}" || return 1
    try probe probe-install "${as_root[@]}" "${make[@]}" install || return 1
    regress probe "$checkout/test/probe" || status=1
    quietly probe /dev/null "${as_root[@]}" "${make[@]}" uninstall || status=1
    return "$status"
}

layer_regress() {
    need cluster || return 1
    regress regress "$checkout" ISOLATION=
}

layer_isolation() {
    need cluster || return 1
    regress isolation "$checkout" REGRESS=
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

# Each file in a database of its own, which is not the one that pg_cron works in: its launcher is
# not started again after the database was dropped under it. Roles are the server's: files that make
# some take turns; the others go at the same time.
layer_tap() {
    local file lane makes_role='^create role'
    local -a alone beside
    need cluster || return 1
    mapfile -t alone < <(grep -lE "$makes_role" "$checkout"/test/tap/*.sql)
    mapfile -t beside < <(grep -LE "$makes_role" "$checkout"/test/tap/*.sql)
    tap_files pgcrm_tap_beside "${beside[@]}" &
    lane=$!
    tap_files pgcrm_tap "${alone[@]}"
    wait "$lane"
    for file in "${alone[@]}" "${beside[@]}"; do
        tap_outcome "$file"
    done
    ((passed > 0))
}

# tap_files DATABASE FILE...
tap_files() {
    local database=$1 file log
    shift
    for file; do
        log=$(tap_log "$file")
        run_sql postgres --command="drop database if exists $database with (force)" \
            --command="create database $database" >"$log" 2>&1 &&
            quietly "tap: $(basename "$file" .sql)" "$log" pg_prove --verbose --psql-bin "$(cluster_bin psql)" --dbname "$database" "$file" &&
            printf 'passed\n' >>"$log"
    done
    return 0
}

tap_log() {
    printf '%s/tap-%s.log' "$(logs)" "$(basename "$1" .sql)"
}

tap_outcome() {
    local log
    log=$(tap_log "$1")
    if [[ $(tail -n 1 "$log") != passed ]]; then
        show_end "$log"
        grep -q '^not ok' "$log" || failed=$((failed + 1))
    fi
    count_tap "$log"
}

# Whole databases, dumped, restored and upgraded; each file makes those that it needs.
layer_life() {
    local file
    need cluster || return 1
    for file in "$checkout"/test/t/*.t; do
        life "$file"
    done
    ((passed > 0))
}

life() {
    local name log
    name=$(basename "$1" .t)
    log=$(logs)/life-$name.log
    if ! quietly "life: $name" "$log" env PATH="$("$pg_config" --bindir):$PATH" prove --verbose "$1"; then
        show_end "$log"
        grep -q '^not ok' "$log" || failed=$((failed + 1))
    fi
    count_tap "$log"
}

# count_tap LOG: what a TAP harness has written.
count_tap() {
    local ok not_ok
    ok=$(grep -c '^ok ' "$1") || true
    not_ok=$(grep -c '^not ok ' "$1") || true
    passed=$((passed + ok))
    failed=$((failed + not_ok))
}

# Gateways as processes, what their clients and operators see of them, and what is left after kills.
layer_gateway() {
    local log
    need cluster && need gateway || return 1
    log=$(logs)/gateway.log
    if ! PSQL=$(cluster_bin psql) PG_BIN=$("$pg_config" --bindir) \
        quietly gateway "$log" python3 -B "$checkout/test/gateway/run_all.py"; then
        show_end "$log"
        grep -q '^not ok' "$log" || failed=1
    fi
    count_tap "$log"
    sed -n 's/^ok - .* # skip /  gateway: skipped: /p' "$log"
    ((passed > 0))
}

# The engine against the rules written a second time, in Python: histories, and beside them published
# figures and limits; at last killed backends, which end all sessions.
layer_reference() {
    local name lane
    need cluster || return 1
    reference pgcrm_reference_beside check --histories 10000 &
    lane=$!
    reference pgcrm_reference reach
    reference pgcrm_reference pipedrive
    reference pgcrm_reference limits --leads 20000 --accounts 10
    wait "$lane"
    reference pgcrm_reference crash --kills 10
    for name in check reach pipedrive limits crash; do
        count reference_outcome "$name"
    done
}

# What a newcomer does first, to its end.
layer_demo() {
    need extension || return 1
    count try demo demo demo_by_itself
}

# In a shell of its own, which ends its server and gateway however it ends.
demo_by_itself() (
    tests_run=
    trap on_exit EXIT
    trap 'exit 143' TERM HUP
    demo --exit --events 3000
)

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
    sed -n 's/^skipped: /  reference: skipped: /p' "$log"
    [[ $(tail -n 1 "$log") == passed ]] || { show_end "$log"; return 1; }
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
