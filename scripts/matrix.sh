# shellcheck shell=bash
# ./pgcrm matrix: demo and tests on each Debian and server that the machine itself does not have, from a bare root.
#
# A root is made by debootstrap from the mirror that apt has here, with the proxies and certificates that apt uses here.
# All that runs in it runs in name spaces of its own: its mounts are seen by nobody else and end with it, and so does
# each of its processes. What is removed at the end is a folder into which nothing is mounted.

# suite, server, and what a failure there means
matrix_rows=('trixie 17 blocking' 'forky 18 reported')
matrix_layers=
matrix_chosen=
matrix_mirror=
matrix_keeps=
matrix_takes_stale=
matrix_roots=
matrix_table=()
matrix_older_server=/opt/older/usr/lib/postgresql/15/bin/pg_config # in a root, by scripts/older_server.sh
matrix_status=0

matrix_usage() {
    cat <<TEXT
usage: ./pgcrm matrix [OPTION...]

Makes a bare root of each Debian below by debootstrap, runs the demo and the tests in it, and prints a table.
Needs root, debootstrap, and 3 GB in /var/tmp. Ends with 1 when a row that is blocking has failed.

$(printf '%s\n' "${matrix_rows[@]}" | sed -E 's/^(\w+) (\w+) (.*)/  \1, PostgreSQL \2: \3/')

  --suite NAME,...     only these
  --only LAYER,...     only these layers of ./pgcrm test
  --mirror URL         instead of the one that apt has here
  --keep DIRECTORY     keeps the roots there, with what was built; a root that is there already is used again
  --stale-mirror       takes a mirror whose lists have expired; their signatures are checked as ever
TEXT
}

matrix() {
    local row
    matrix_options "$@"
    ((EUID == 0)) || die 'root is needed to make and enter a root of another Debian' 'Run this as root.'
    command -v debootstrap >/dev/null || die 'debootstrap is not installed' 'Install it: apt-get install debootstrap'
    [[ -n $matrix_mirror ]] || matrix_mirror=$(mirror_of_this_machine)
    [[ -n $matrix_mirror ]] || die 'apt names no mirror of Debian here' 'Give one: ./pgcrm matrix --mirror URL'
    matrix_roots=${matrix_keeps:-$(mktemp -d /var/tmp/pgcrm-matrix.XXXXXX)}
    mkdir -p "$matrix_roots/logs"
    for row in "${matrix_rows[@]}"; do
        # shellcheck disable=SC2086 # three words
        [[ -n $matrix_chosen && $matrix_chosen != *",${row%% *},"* ]] || matrix_row $row
    done
    matrix_print
    return "$matrix_status"
}

matrix_options() {
    while (($# > 0)); do
        case $1 in
            -h | --help)
                matrix_usage
                exit 0
                ;;
            --keep | --suite | --only | --mirror)
                (($# > 1)) || die "$1 takes a value" "$(matrix_usage)"
                matrix_option "$1" "$2"
                shift
                ;;
            --stale-mirror) matrix_takes_stale=yes ;;
            *) die "matrix has no option \"$1\"" "$(matrix_usage)" ;;
        esac
        shift
    done
}

matrix_option() {
    case $1 in
        --keep) matrix_keeps=$(mkdir -p "$2" && cd "$2" && pwd) ;;
        --suite)
            matrix_chosen=,$2,
            matrix_check_suites "$2"
            ;;
        --only) matrix_layers=$2 ;;
        --mirror) matrix_mirror=$2 ;;
    esac
}

matrix_check_suites() {
    local suite
    for suite in ${1//,/ }; do
        [[ " ${matrix_rows[*]%% *} " == *" $suite "* ]] || die "there is no suite \"$suite\"" "Suites: ${matrix_rows[*]%% *}"
    done
}

# Where apt gets this machine's own release from.
mirror_of_this_machine() {
    local codename
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    apt-get indextargets --format "\$(ORIGIN) \$(LABEL) \$(CODENAME) \$(COMPONENT) \$(REPO_URI)" 'Created-By: Packages' |
        sed -n "s/^Debian Debian ${codename:-none} main //p" | head -n 1
}

# matrix_row SUITE SERVER blocking|reported
matrix_row() {
    local suite=$1 server=$2 weight=$3 started=$SECONDS demo=failed test='not run' result=passed sum
    local root=$matrix_roots/$suite
    if matrix_root "$suite" && matrix_fill "$root" "$suite"; then
        ! matrix_step "$suite" demo ./pgcrm demo --exit || demo=passed
        matrix_step "$suite" older scripts/older_server.sh "$matrix_mirror" || result=failed
        matrix_step "$suite" test env "PGCRM_OLD_PG_CONFIG=$matrix_older_server" ./pgcrm test ${matrix_layers:+--only "$matrix_layers"} ||
            result=failed
        sum=$(tail -n 1 "$(matrix_log "$suite" test)")
        [[ $sum != *' passed, '* ]] || test=$sum
        grep -q "PostgreSQL $server\\." "$(matrix_log "$suite" demo)" || demo="not PostgreSQL $server"
    fi
    [[ $demo == passed && $test != 'not run' ]] || result=failed
    [[ $result == passed || $weight == reported ]] || matrix_status=1
    matrix_table+=("$suite|$server|$weight|$result|$demo|$test|$(duration $((SECONDS - started)))")
    [[ -n $matrix_keeps ]] || rm -rf --one-file-system "$root"
}

matrix_log() {
    printf '%s/logs/%s-%s.log' "$matrix_roots" "$1" "$2"
}

# matrix_root SUITE: a bare root, unless one was kept.
matrix_root() {
    local suite=$1 root=$matrix_roots/$1 script=/usr/share/debootstrap/scripts/$1
    [[ ! -e $root/etc/pgcrm-matrix ]] || return 0
    [[ -e $script ]] || script=/usr/share/debootstrap/scripts/sid # a release that is younger than debootstrap
    matrix_logged "$suite" root matrix_apart debootstrap --variant=minbase "$suite" "$root" "$matrix_mirror" "$script" || return 1
    touch "$root/etc/pgcrm-matrix"
}

# What a root needs of this machine: the way to the mirror, and the sources.
matrix_fill() {
    local root=$1 apt=$1/etc/apt/apt.conf.d/90pgcrm
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    # Only what says how to reach a mirror: no passwords, and no other repositories.
    apt-config dump | grep -E '^Acquire::(https?|ftp)::|^Acquire::Retries ' >"$apt" || true
    [[ -z $matrix_takes_stale ]] || printf 'Acquire::Check-Valid-Until "false";\n' >>"$apt"
    if [[ -e /etc/ssl/certs/ca-certificates.crt && ! -e $root/etc/ssl/certs/ca-certificates.crt ]]; then
        mkdir -p "$root/etc/ssl/certs"
        cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    fi
    matrix_copy "$root/pgcrm"
}

# matrix_copy DIRECTORY: the sources as they are now, and of an earlier run only what was built.
matrix_copy() {
    mkdir -p "$1"
    find "$1" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf --one-file-system {} +
    if git -C "$checkout" rev-parse >/dev/null 2>&1; then
        git -C "$checkout" ls-files -z --cached --others --exclude-standard
    else
        (cd "$checkout" && find . -path ./build -prune -o -path './.[a-z]*' -prune -o ! -name '*.[od]' ! -name '*.so' -type f -print0)
    fi | tar -C "$checkout" --null --files-from=- --ignore-failed-read -cf - | tar -C "$1" -xf -
}

# matrix_step SUITE NAME COMMAND...: in the root.
matrix_step() {
    local suite=$1 name=$2
    shift 2
    matrix_logged "$suite" "$name" matrix_enter "$matrix_roots/$suite" "$@"
}

matrix_logged() {
    local suite=$1 name=$2 started=$SECONDS log
    log=$(matrix_log "$suite" "$name")
    shift 2
    if quietly "$suite: $name" "$log" "$@"; then
        done_step "$suite" "$name, $(duration $((SECONDS - started)))"
    else
        warn "$suite: $name failed; the end of $log:"
        tail -n 30 "$log" >&2
        return 1
    fi
}

# matrix_apart COMMAND...: its mounts and its processes end with it.
matrix_apart() {
    exec unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$@"
}

# matrix_enter ROOT COMMAND...: in /pgcrm of the root.
matrix_enter() {
    local root=$1 proxies
    shift
    mapfile -t proxies < <(env | grep -iE '^(https?|ftp|no)_proxy=')
    # shellcheck disable=SC2016 # expanded inside
    matrix_apart bash -ec '
        root=$1 && shift
        mount --rbind /dev "$root/dev"
        mount -t proc proc "$root/proc"
        mount -t tmpfs run "$root/run"
        exec chroot "$root" env -i "$@"' bash "$root" "${proxies[@]}" HOME=/root LC_ALL=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        sh -ec 'cd /pgcrm && exec "$@"' sh "$@"
}

matrix_print() {
    local row suite server weight result demo test time colour
    printf '\n  %s%-8s %-10s %-9s %-7s %-8s %-40s %s%s\n' "$bold" debian postgresql weight result demo test time "$plain"
    for row in "${matrix_table[@]}"; do
        IFS='|' read -r suite server weight result demo test time <<<"$row"
        colour=$green
        [[ $result == passed ]] || colour=$red
        printf '  %s%-8s %-10s %-9s %-7s %-8s %-40s %s%s\n' "$colour" "$suite" "$server" "$weight" "$result" "$demo" "$test" "$time" "$plain"
    done
    [[ -z $matrix_keeps ]] || say "  The roots and logs are in $matrix_keeps."
}

# Called when the script ends before what it runs: the first process of a name space heeds no other signal, and all
# others end with it.
matrix_stop() {
    [[ -z $matrix_roots || -z $running_child ]] || kill -KILL -- "-$running_child" 2>/dev/null || true
}

# Called when the script ends, however it ends. Nothing is mounted there any more: the name spaces are gone.
matrix_clear() {
    [[ -n $matrix_roots && -z $matrix_keeps ]] || return 0
    local row
    for row in "${matrix_rows[@]}"; do
        rm -rf --one-file-system "${matrix_roots:?}/${row%% *}"
    done
    say "  The logs are in $matrix_roots/logs."
}
