# shellcheck shell=bash
# What has to be installed before anything can be built. Debian brings it all from 12 on; there the
# missing packages are installed, and the network is used only if one is missing.
#
# Tested with PostgreSQL 15, 17 and 18; the source is ready for 14 and 16. Debian 12 has 15, Debian 13 has 17.

# wanted_packages demo|test|check|bench
wanted_packages() {
    printf '%s\n' g++ make cmake libsimdjson-dev nlohmann-json3-dev libssl-dev libpq-dev libsystemd-dev pkg-config
    boost_packages
    server_packages "$1"
    case $1 in
        check) printf '%s\n' clang clang-format clang-tidy clang-tools libclang-rt-dev shellcheck ;;&
        test | check)
            printf '%s\n' python3 curl openssl tzdata libgtest-dev libtap-parser-sourcehandler-pgtap-perl libipc-run-perl
            ;;
        # Where the processor's counters cannot be read, valgrind counts instructions. wrk posts webhooks, to the
        # gateway and to a handler in Python.
        bench) printf '%s\n' valgrind wrk gunicorn python3-flask python3-psycopg2 ;;
    esac
}

# Debian 12 has two versions of Boost, and the one that it names `libboost-dev` has no Boost.URL yet.
boost_packages() {
    local version=
    [[ $(debian_version) != 12 ]] || version=1.81
    printf "libboost%s$version-dev\n" '' -context -program-options -url
}

# A server that PG_CONFIG names somewhere else comes from no package, nor do its extensions.
server_packages() {
    local major
    major=$(packaged_server "$pg_config")
    is_debian || major=NN
    [[ -n $major ]] || return 0
    printf '%s\n' "postgresql-$major" "postgresql-server-dev-$major" "postgresql-$major-cron"
    [[ $1 != @(test|check) ]] || printf '%s\n' "postgresql-$major-pgtap"
}

# install_packages demo|test|check|bench
install_packages() {
    local wanted missing
    if ! is_debian; then
        check_tools "$1"
        return
    fi
    choose_server
    mapfile -t wanted < <(wanted_packages "$1")
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    if ((${#missing[@]} > 0)); then
        install_missing "${missing[@]}"
        done_step packages "installed ${missing[*]}"
    else
        done_step packages 'nothing is missing'
    fi
    check_server "$1"
}

# Where no server is installed that one can build for: the one that the distribution has.
choose_server() {
    local major log
    ! server_is_chosen || return 0
    become_root 'look for the server that Debian has'
    log=$(mktemp)
    quietly packages "$log" "${as_root[@]}" apt-get update || warn "$(tail -n 5 "$log")"
    rm -f "$log"
    major=$(apt-cache depends postgresql 2>/dev/null | sed -n 's/^ *Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1)
    [[ -n $major ]] || die 'apt knows no package "postgresql"' 'Install a server and its development files, or let PG_CONFIG name one.'
    use_server "$(config_of_packaged_server "$major")"
}

# 12 and later numbers; `testing` and `unstable` have none yet.
is_debian() {
    grep -qx 'ID=debian' /etc/os-release 2>/dev/null && (($(debian_version) >= 12))
}

debian_version() {
    local number
    number=$(sed -nE 's/^VERSION_ID="?([0-9]+)"?$/\1/p' /etc/os-release 2>/dev/null) || true
    printf '%d' "${number:-99}"
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

# Installing a server makes and starts a cluster `main`, unless this says no. A server that
# is installed already keeps its clusters: nothing here touches them.
no_cluster_setting=/etc/postgresql-common/createcluster.d/pgcrm-no-main-cluster.conf
no_cluster_setting_made=

keep_from_making_a_cluster() {
    local major
    major=$(packaged_server "$pg_config")
    [[ -n $major && -n $(missing_packages "postgresql-$major") && ! -e $no_cluster_setting ]] || return 0
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
    local missing=()
    mapfile -t missing < <(
        missing_programs g++ make cmake pkg-config
        missing_headers simdjson.h nlohmann/json.hpp boost/asio/spawn.hpp boost/context/fiber.hpp boost/program_options.hpp \
            boost/url.hpp openssl/ssl.h libpq-fe.h systemd/sd-daemon.h
        missing_of_server "$1"
        [[ $1 != @(test|check) ]] || missing_test_tools
    )
    if ((${#missing[@]} > 0)); then
        die 'some of what is needed was not found:' "${missing[@]/#/  }" \
            'Packages are installed by themselves on Debian only, from 12 on. There these are used:' \
            "  $(wanted_packages "$1" | paste -sd' ')" \
            'Install the same here, let PG_CONFIG name the right pg_config, and run this again.'
    fi
    done_step packages 'not Debian: using what is installed'
}

missing_programs() {
    local program
    for program; do
        command -v "$program" >/dev/null || printf '%s\n' "$program"
    done
}

# The server's own folder is looked at as well: libpq's header may be there alone.
missing_headers() {
    local header
    for header; do
        g++ -E -x c++ -std=c++20 -I "$("$pg_config" --includedir 2>/dev/null || printf /usr/include)" \
            -include "$header" /dev/null >/dev/null 2>&1 || printf '%s\n' "$header"
    done
}

# Not those of ./pgcrm check alone: what it finds no tool for, it skips.
missing_test_tools() {
    missing_programs python3 curl openssl pg_prove
    missing_headers gtest/gtest.h
    perl -MIPC::Run -e 1 2>/dev/null || printf '%s\n' 'IPC::Run (a module of Perl)'
}

missing_of_server() {
    local extensions
    if ! command -v "$pg_config" >/dev/null; then
        printf '%s\n' 'PostgreSQL with its development files (pg_config)'
        return
    fi
    extensions=$("$pg_config" --sharedir)/extension
    [[ -e $("$pg_config" --pgxs) ]] || printf '%s\n' "the development files of PostgreSQL ($pg_config --pgxs)"
    [[ -e $extensions/pg_cron.control ]] || printf '%s\n' pg_cron
    [[ $1 != @(test|check) || -e $extensions/pgtap.control ]] || printf '%s\n' pgTAP
}

# On Debian the packages bring all of this, unless PG_CONFIG names a server that is none of theirs.
check_server() {
    local missing
    mapfile -t missing < <(missing_of_server "$1")
    ((${#missing[@]} == 0)) || die "the server of $pg_config has not all that is needed:" "${missing[@]/#/  }"
}
