# shellcheck shell=bash
# The extension by make, everything else by CMake in build/.

pg_config=
# The same for building and installing: other flags would compile everything again.
make_flags=()

use_server() {
    pg_config=$1
    make_flags=(PG_CONFIG="$pg_config")
}

# The newest server that is installed with what an extension needs to be built.
newest_installed_server() {
    local config
    while read -r config; do
        [[ ! -e $("$config" --pgxs) ]] || printf '%s\n' "$config"
    done < <(compgen -G '/usr/lib/postgresql/*/bin/pg_config' | sort --version-sort --reverse) | head -n 1
}

# Debian's own: /usr/lib/postgresql/17/bin/pg_config is that of 17; of another nothing is said.
packaged_server() {
    sed -nE 's,^/usr/lib/postgresql/([0-9]+)/bin/pg_config$,\1,p' <<<"$1"
}

config_of_packaged_server() {
    printf '/usr/lib/postgresql/%s/bin/pg_config' "$1"
}

# False on a machine without any; then it is Debian's, or there is none.
server_is_chosen() {
    [[ $pg_config == */* ]] || [[ -e $("$pg_config" --pgxs 2>/dev/null) ]]
}

use_server "${PG_CONFIG:-$(newest_installed_server)}"
[[ -n $pg_config ]] || use_server pg_config

logs() {
    mkdir -p "$checkout/build/logs"
    printf '%s' "$checkout/build/logs"
}

check_checkout_is_writable() {
    local foreign
    [[ -w $checkout ]] || die "cannot write to $checkout" \
        'The build leaves its files in the checkout: run this as its owner, or in a copy of your own.'
    foreign=$(find "$checkout" -name .git -prune -o \( -name '*.o' -o -name build -o -name .built_with \) ! -writable -print -quit)
    [[ -z $foreign ]] || die "cannot write to $foreign" \
        "An earlier build belongs to $(stat -c %U "$foreign"). Let that user run ./pgcrm clean."
}

# try LABEL NAME COMMAND...: the output goes to build/logs/NAME.log; when it fails, the part that
# says why is shown. Status 77 is that of what cannot run here.
try() {
    local label=$1 log status=0
    log=$(logs)/$2.log
    shift 2
    quietly "$label" "$log" "$@" || status=$?
    ((status != 0 && status != 77)) || return "$status"
    warn "$label failed; the whole output is in ${log#"$checkout"/}"
    { grep -E -A 5 '(error|warning|Error [0-9]+)(:|$)' "$log" || tail -n 20 "$log"; } | head -n 60 >&2
    return 1
}

make_extension() {
    make -C "$checkout" --jobs="$(nproc)" "${make_flags[@]}" "$@"
}

# configure_and_build DIRECTORY 'TARGET...' [CMAKE OPTION...]: the core is not compiled where make has done that.
configure_and_build() {
    local directory=$checkout/build/$1 targets
    read -ra targets <<<"$2"
    shift 2
    cmake -S "$checkout" -B "$directory" -DPG_CONFIG="$pg_config" -DPGCRM_UNITY=ON \
        -DPGCRM_CORE_OBJECTS="$checkout/build/objects/extension/core" "$@" &&
        cmake --build "$directory" --target "${targets[@]}" --parallel "$(($(nproc) + 1))" # one more: targets wait for each other
}

# Copies the extension to where the server looks for it; not when it is there already, so
# that a second run asks for no password.
install_extension() {
    ! extension_is_installed || return 0
    [[ -w $("$pg_config" --pkglibdir) ]] || become_root 'install the extension into the server'
    try installation install "${as_root[@]}" make -C "$checkout" "${make_flags[@]}" install
}

extension_is_installed() {
    local shared file
    shared=$("$pg_config" --sharedir)/extension
    cmp -s "$checkout/pgcrm.so" "$("$pg_config" --pkglibdir)/pgcrm.so" || return 1
    for file in "$checkout"/pgcrm.control "$checkout"/pgcrm--*"$(version)".sql "$checkout"/sql/updates/pgcrm--*.sql; do
        cmp -s "$file" "$shared/${file##*/}" || return 1
    done
}

build_all() {
    local started=$SECONDS
    check_checkout_is_writable
    try build make make_extension || die 'the extension was not built'
    install_extension || die 'the extension was not installed'
    done_step build "extension of $(version) for $(server_version), $(duration $((SECONDS - started)))"
}

# build_programs NAME...: pgcrm-gen, pgcrm-gateway, pgcrm-post, as build/release/NAME. make_extension comes before.
build_programs() {
    try programs programs configure_and_build release "$*" -DCMAKE_BUILD_TYPE=Release || die "not built: $*"
}

# PostgreSQL 15.20, without what the distribution adds to it.
server_version() {
    "$pg_config" --version | cut -d' ' -f1,2
}

version() {
    sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" "$checkout/pgcrm.control"
}
