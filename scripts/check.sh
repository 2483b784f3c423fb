# shellcheck shell=bash
# ./pgcrm check: what keeps the source in order and what looks longer and closer than ./pgcrm test, layer by layer
# (scripts/lib/layers.sh): another compiler, linters, sanitizers, fuzzers, and more random histories.

check_layers='compilers lint sanitizers fuzzers probe histories'

check_usage() {
    cat <<TEXT
usage: ./pgcrm check [--only LAYER,...]

  compilers   the extension by clang++; a warning is an error
  lint        the scripts of .ci/, each a test; its README says how to mend what they find
  sanitizers  unit tests, and a gateway under load, with address and undefined-behaviour sanitizers
  fuzzers     each for a short time, from the same seed
  probe       pgcxx, used the wrong way as well, counts what it leaks
  histories   random histories, more than in ./pgcrm test; backends and gateways are killed more often

Each works in private servers, in .test/ and .test-beside/. The last line of the output says how many have passed,
failed and were skipped; what needs a tool that is not here, or another version of it, is skipped.
TEXT
}

run_checks() {
    local -a chosen beside=(probe histories)
    chosen_layers check "$check_layers" "$@"
    say "${bold}pgcrm check${plain}"
    install_packages check
    check_checkout_is_writable
    run_layers "${chosen[@]}"
}

prepare_lane() {
    need extension || true
    [[ "$*" == probe ]] || need gateway || true
}

provide_gateway() {
    try gateway gateway-build configure_and_build release pgcrm-gateway -DCMAKE_BUILD_TYPE=Release
}

# The core, the generator, the tests and the fuzzers by clang, with sanitizers.
provide_sanitized() {
    try sanitized sanitized configure_and_build check all -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ \
        -DPGCRM_CORE_OBJECTS= -DPGCRM_WERROR=ON -DPGCRM_SANITIZE=ON -DPGCRM_FUZZ=ON
}

# --- the layers: each sets passed, failed and skipped; false when it did not come to its end ---

# has_clang: or the layer is skipped.
has_clang() {
    ! command -v clang++ >/dev/null || return 0
    say '  skipped: there is no clang++'
    skipped=1
    return 1
}

layer_compilers() {
    has_clang || return 0
    count try clang++ clang make_extension objects OBJECTS=build/clang CXX=clang++ WERROR=1 QUICK=1
}

layer_lint() {
    local script
    need extension || return 1
    for script in "$checkout"/.ci/*.sh; do
        count lint "$(basename "$script" .sh)"
    done
}

# lint NAME: status 77 says that it could not run, and its output why.
lint() {
    local status=0
    try "lint: $1" "lint-$1" env PG_CONFIG="$pg_config" "$checkout/.ci/$1.sh" || status=$?
    [[ $status != 77 ]] || say_skipped "$1" "$(logs)/lint-$1.log" || true
    return "$status"
}

layer_sanitizers() {
    has_clang || return 0
    need sanitized || return 1
    unit check --exclude-regex _fuzz
    need cluster || return 1
    gateway_tests sanitized-gateway test_sanitizers_find_nothing_under_load
}

layer_fuzzers() {
    has_clang || return 0
    need sanitized || return 1
    unit check --tests-regex _fuzz
}

layer_probe() {
    need cluster || return 1
    test_module probe
}

# pgTAP's histories come as webhooks and end in crm_verify; those of the reference as observations, and end in Python.
layer_histories() {
    need cluster && need gateway || return 1
    local -x HISTORIES=1000
    tap_files pgcrm_tap "$checkout/test/tap/random_histories_end_in_the_same_marts.sql"
    tap_outcome "$checkout/test/tap/random_histories_end_in_the_same_marts.sql"
    reference pgcrm_reference check --histories 20000
    reference pgcrm_reference crash --kills 30
    count reference_outcome check
    count reference_outcome crash
    gateway_tests kill-campaign kill_campaign --kills 30
}
