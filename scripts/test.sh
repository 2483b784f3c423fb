# shellcheck shell=bash
# ./pgcrm test: what the product promises, layer by layer (scripts/lib/layers.sh), in ten minutes on two processors. What
# holds the source in order, and takes longer, is ./pgcrm check.

test_layers='build unit regress faults isolation tap life gateway reference demo'

test_usage() {
    cat <<TEXT
usage: ./pgcrm test [--only LAYER,...]

  build      the extension, its programs and their tests; a warning is an error
  unit       the rules in C++, without a server
  regress    SQL: results, messages, SQLSTATEs
  faults     every statement of ingest and refresh fails with every kind of error
  isolation  who meets whom: sessions that work at the same time
  tap        contract, rights, orders of arrival, the schedule of pg_cron
  life       whole databases dumped, restored, upgraded
  gateway    its processes, seen by clients and operators; kills under load
  reference  every number against the rules written a second time, in Python
  demo       what a newcomer does first, to its end

Each works in private servers, in .test/ and .test-beside/. The last line of the output says how many tests have
passed, failed and were skipped; one that cannot run here is skipped. PGCRM_TEST_DATA names a folder of data that
are not part of the project; what needs them says so.
TEXT
}

run_tests() {
    local -a chosen beside=(life gateway demo)
    chosen_layers test "$test_layers" "$@"
    say "${bold}pgcrm test${plain}"
    install_packages test
    check_checkout_is_writable
    run_layers "${chosen[@]}"
}

prepare_lane() {
    need extension || true
    [[ "$*" == life ]] || need programs || true
}

# What CMake builds for the demo, and in the same place, with the tests of it and of the core that make has compiled.
provide_programs() {
    need extension &&
        try programs programs configure_and_build release \
            programs_and_tests -DCMAKE_BUILD_TYPE=Release
}

# --- the layers: each sets passed, failed and skipped; false when it did not come to its end ---

layer_build() {
    count need extension
    count need programs
}

layer_unit() {
    need programs || return 1
    unit release
}

layer_regress() {
    need cluster || return 1
    regress regress "$checkout" ISOLATION=
}

layer_faults() {
    need cluster || return 1
    test_module faults
}

layer_isolation() {
    need cluster || return 1
    regress isolation "$checkout" REGRESS=
}

# Each file in a database of its own, which is not the one that pg_cron works in: its launcher is
# not started again after the database was dropped under it. Roles are the server's: files that make
# some take turns; the others go at the same time, and so does the one that waits for pg_cron's minute.
layer_tap() {
    local file makes_role='^create role' schedule=$checkout/test/tap/schedule.sql
    local -x HISTORIES=${HISTORIES:-200} # test/reference makes more in less time, and ./pgcrm check more of these
    local -a alone beside lanes
    need cluster || return 1
    mapfile -t alone < <(grep -lE "$makes_role" "$checkout"/test/tap/*.sql)
    mapfile -t beside < <(grep -LE "$makes_role" "$checkout"/test/tap/*.sql | grep -vxF "$schedule")
    tap_files pgcrm_tap_schedule "$schedule" &
    lanes=($!)
    tap_files pgcrm_tap_beside "${beside[@]}" &
    lanes+=($!)
    tap_files pgcrm_tap "${alone[@]}"
    wait "${lanes[@]}"
    for file in "${alone[@]}" "${beside[@]}" "$schedule"; do
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

# Gateways as processes, what their clients and operators see of them, and what is left after kills.
layer_gateway() {
    need cluster && need programs || return 1
    gateway_tests gateway run_all
}

# The engine against the rules written a second time, in Python: histories, and beside them published
# figures and limits; at last killed backends, which end all sessions.
layer_reference() {
    local name lane
    need cluster || return 1
    reference pgcrm_reference_beside check --histories 5000 &
    lane=$!
    reference pgcrm_reference ingest --histories 600
    reference pgcrm_reference reach
    reference pgcrm_reference pipedrive
    reference pgcrm_reference limits --leads 20000 --accounts 10
    wait "$lane"
    reference pgcrm_reference crash --kills 10
    for name in check ingest reach pipedrive limits crash; do
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
    layers_begun=
    cluster_runs=
    trap on_exit EXIT
    trap 'exit 143' TERM
    demo --exit --events 3000
)
