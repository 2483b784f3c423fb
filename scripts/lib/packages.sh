# shellcheck shell=bash
# What has to be installed before anything can be built. Debian 12 brings it all; there the
# missing packages are installed, and the network is used only if one is missing.

build_packages=(
    g++ make cmake
    postgresql-15 postgresql-server-dev-15 postgresql-15-cron
    libsimdjson-dev nlohmann-json3-dev
    libboost1.81-dev libboost-context1.81-dev libboost-program-options1.81-dev libboost-url1.81-dev
    libssl-dev libpq-dev libsystemd-dev pkg-config
)
test_packages=(
    clang clang-format clang-tidy clang-tools libclang-rt-14-dev shellcheck
    python3 curl openssl tzdata libgtest-dev postgresql-15-pgtap libtap-parser-sourcehandler-pgtap-perl libipc-run-perl
)
# Where the processor's counters cannot be read, valgrind counts instructions. wrk posts webhooks, to the gateway and to
# a handler in Python.
bench_packages=(valgrind wrk gunicorn python3-flask python3-psycopg2)

# install_packages demo|test|bench
install_packages() {
    local wanted=("${build_packages[@]}") missing=()
    [[ $1 != test ]] || wanted+=("${test_packages[@]}")
    [[ $1 != bench ]] || wanted+=("${bench_packages[@]}")
    if ! is_debian_12; then
        check_tools "${wanted[@]}"
        return
    fi
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    if ((${#missing[@]} > 0)); then
        install_missing "${missing[@]}"
        done_step packages "installed ${missing[*]}"
    else
        done_step packages 'nothing is missing'
    fi
}

is_debian_12() {
    grep -qx 'ID=debian' /etc/os-release 2>/dev/null && grep -qx 'VERSION_ID="12"' /etc/os-release
}

missing_packages() {
    local package status
    for package in "$@"; do
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=
        [[ $status == installed ]] || printf '%s\n' "$package"
    done
}

install_missing() {
    local log
    become_root "install the packages $*"
    log=$(mktemp)
    keep_from_making_a_cluster
    if ! quietly packages "$log" install_with_retry "$@"; then
        allow_making_a_cluster
        tail -n 20 "$log" >&2
        die "could not install: $*" "The whole output is in $log." "Install them by hand and run this again:" \
            "  sudo apt-get install --no-install-recommends $*"
    fi
    allow_making_a_cluster
    rm -f "$log"
}

install_with_retry() {
    apt_install "$@" || { sleep 5 && apt_install "$@"; }
}

apt_install() {
    "${as_root[@]}" apt-get update &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}

# Installing postgresql-15 makes and starts a cluster `main`, unless this says no. A server that
# is installed already keeps its clusters: nothing here touches them.
no_cluster_setting=/etc/postgresql-common/createcluster.d/pgcrm-no-main-cluster.conf
no_cluster_setting_made=

keep_from_making_a_cluster() {
    [[ -n $(missing_packages postgresql-15) && ! -e $no_cluster_setting ]] || return 0
    "${as_root[@]}" mkdir -p "${no_cluster_setting%/*}"
    "${as_root[@]}" sh -c "echo 'create_main_cluster = false' >$no_cluster_setting"
    no_cluster_setting_made=yes
}

allow_making_a_cluster() {
    [[ -n $no_cluster_setting_made ]] || return 0
    "${as_root[@]}" rm -f "$no_cluster_setting"
    "${as_root[@]}" rmdir --ignore-fail-on-non-empty "${no_cluster_setting%/*}"
    no_cluster_setting_made=
}

# Sets as_root to what has to stand before a command that needs root. Asks for the password
# here, where the terminal is quiet.
as_root=()
become_root() {
    ((EUID != 0)) || return 0
    command -v sudo >/dev/null || die "root is needed to $1" 'Run this as root, or install sudo.'
    [[ -n ${as_root[*]} ]] || sudo -n true 2>/dev/null || say "sudo may ask for a password, to $1"
    as_root=(sudo)
    sudo -v || die "root is needed to $1" 'Let somebody who may become root do that, then run this again.'
}

# On other systems: say what is needed in Debian's names, unless it is there.
check_tools() {
    local missing=() tool header
    for tool in g++ make cmake; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    if [[ -x $(command -v "$pg_config") ]]; then
        [[ -e $("$pg_config" --pgxs) ]] || missing+=("the development files of PostgreSQL ($pg_config --pgxs)")
        [[ -e $("$pg_config" --sharedir)/extension/pg_cron.control ]] || missing+=(pg_cron)
    else
        missing+=('PostgreSQL with its development files (pg_config); tested with PostgreSQL 15; the source is ready for 14 to 18')
    fi
    for header in simdjson.h nlohmann/json.hpp; do
        g++ -E -x c++ -include "$header" /dev/null >/dev/null 2>&1 || missing+=("$header")
    done
    if ((${#missing[@]} > 0)); then
        die "some of what is needed was not found:" "${missing[@]/#/  }" \
            'Packages are installed by themselves on Debian 12 only. There these are used:' "  $*" \
            'Install the same here, let PG_CONFIG name the right pg_config, and run this again.'
    fi
    done_step packages "not Debian 12: using what is installed"
}
