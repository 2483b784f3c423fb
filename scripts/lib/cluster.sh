# shellcheck shell=bash
# A private server: its own cluster in a directory of the checkout, reached through a socket in
# that directory that only its owner can open.
#
# The server refuses to run as root; for root it runs as the system user postgres. Where that
# user cannot reach the checkout (/root, say), the directory is a link to one in /var/tmp.
#
# A run that was killed leaves a server behind. The next run finds it by its pid file, makes
# sure that the process is that server, and stops it.

cluster_place= # in the checkout: .demo or .test
cluster_dir=   # where that really is
cluster_port=5432
cluster_runs=

cluster_bin() {
    printf '%s/%s' "$("$pg_config" --bindir)" "$1"
}

cluster_owner() {
    if ((EUID == 0)); then
        printf 'postgres'
    else
        id -un
    fi
}

as_cluster_owner() {
    if ((EUID == 0)); then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# cluster_claim NAME: $checkout/NAME becomes this run's empty directory.
cluster_claim() {
    cluster_at "$1"
    ((EUID != 0)) || id postgres >/dev/null 2>&1 || die 'there is no system user postgres' \
        'A server cannot run as root. Install the server from a package, or run this as another user.'
    refuse_second_run
    cluster_clear
    if ! make_directory "$cluster_place"; then
        rm -rf "$cluster_place"
        link_directory "$1"
    fi
    cluster_at "$1"
    printf '%s %s\n' $$ "$(start_of_process $$)" >"$cluster_dir/run"
}

cluster_at() {
    cluster_place=$checkout/$1
    cluster_dir=$(readlink -f "$cluster_place")
}

# When a process began, so that a reused number is not taken for it.
start_of_process() {
    sed -e 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

refuse_second_run() {
    local process began
    read -r process began 2>/dev/null <"$cluster_dir/run" || return 0
    [[ -n $began && $(start_of_process "$process") == "$began" ]] || return 0
    die "process $process is using $cluster_place" 'Stop it first, with Ctrl-C where it runs or with:' "  kill $process"
}

make_directory() {
    mkdir -p "$1" && chmod 700 "$1" || return 1
    ((EUID != 0)) || chown postgres "$1" || return 1
    as_cluster_owner test -w "$1"
}

link_directory() {
    local real
    real=$(mktemp -d "/var/tmp/pgcrm$1.XXXXXX")
    make_directory "$real" || die "user $(cluster_owner) can write neither to $cluster_place nor to $real"
    ln -s "$real" "$cluster_place"
    say "    user $(cluster_owner) cannot reach the checkout: $1 is a link to $real"
}

# Stops a server that was left behind and removes the directory with all it holds.
cluster_clear() {
    [[ -e $cluster_place || -L $cluster_place ]] || return 0
    stop_leftover_server
    { remove_link "$cluster_dir/socket" && remove_link "$cluster_place" && rm -rf "$cluster_place"; } ||
        die "cannot remove $cluster_place" 'It belongs to another user. Let that user run ./pgcrm clean.'
}

# A link to a directory that an earlier run made elsewhere, with that directory.
remove_link() {
    local real
    [[ -L $1 ]] || return 0
    real=$(readlink "$1")
    [[ $real != /tmp/pgcrm.* && $real != /var/tmp/pgcrm.* ]] || rm -rf "$real" || return 1
    rm -f "$1"
}

stop_leftover_server() {
    local process data
    data=$cluster_dir/data
    process=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 0
    [[ -n $process && $(readlink "/proc/$process/cwd") == "$data" ]] || return 0
    as_cluster_owner "$(cluster_bin pg_ctl)" stop --pgdata="$data" --mode=immediate --silent ||
        die "cannot stop the server that an earlier run left behind (process $process)"
}

# cluster_make: initdb, and a database of the given name that pg_cron works in.
cluster_make() {
    local database=$1
    as_cluster_owner "$(cluster_bin initdb)" --pgdata="$cluster_dir/data" --username=postgres \
        --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 \
        --no-sync --no-instructions >"$cluster_dir/initdb.log" 2>&1 ||
        { tail -n 5 "$cluster_dir/initdb.log" >&2; die "initdb failed"; }
    # Before pg_cron is loaded: its worker starts with the server and wants the database.
    as_cluster_owner "$(cluster_bin postgres)" --single -D "$cluster_dir/data" postgres \
        <<<"create database $database" >>"$cluster_dir/initdb.log" 2>&1 || die "could not create database $database"
    make_socket_directory
}

# A socket's path has at most 107 bytes; in a deep checkout it lies in /tmp.
make_socket_directory() {
    local directory=$cluster_dir/socket
    if ((${#directory} + 15 <= 107)); then
        make_directory "$directory"
    else
        ln -s "$(mktemp -d /tmp/pgcrm.XXXXXX)" "$directory"
        make_directory "$(readlink -f "$directory")"
    fi
}

# cluster_configure DATABASE [LINE...]: settings of a server whose pg_cron works in DATABASE.
cluster_configure() {
    local database=$1
    shift
    {
        printf '%s\n' "shared_preload_libraries = 'pg_cron'" "cron.database_name = '$database'" \
            'cron.use_background_workers = on' 'max_worker_processes = 16' "timezone = 'UTC'" \
            "unix_socket_directories = '$(readlink -f "$cluster_dir/socket")'" "$@"
    } >>"$cluster_dir/data/postgresql.conf"
}

cluster_start() {
    printf 'port = %d\n' "$cluster_port" >>"$cluster_dir/data/postgresql.conf"
    # Set before, so that a Ctrl-C in between stops it as well.
    cluster_runs=yes
    as_cluster_owner "$(cluster_bin pg_ctl)" start --pgdata="$cluster_dir/data" --log="$cluster_dir/server.log" \
        --wait --silent || { tail -n 10 "$cluster_dir/server.log" >&2; die 'the server did not start'; }
    PGHOST=$(readlink -f "$cluster_dir/socket")
    export PGHOST PGPORT=$cluster_port PGUSER=postgres
}

cluster_stop() {
    [[ -n $cluster_runs ]] || return 0
    cluster_runs=
    as_cluster_owner "$(cluster_bin pg_ctl)" stop --pgdata="$cluster_dir/data" --mode=fast --silent 2>/dev/null ||
        stop_leftover_server
}

# free_port [FIRST]: the first port from there on (54321) that nobody listens on.
free_port() {
    local port
    for ((port = ${1:-54321}; port < 54421; port++)); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%d' "$port"
            return
        fi
    done
    die 'no free port between 54321 and 54420'
}

# run_sql DATABASE [PSQL OPTION...]: statements from the options or stdin; the first error ends it.
run_sql() {
    local database=$1
    shift
    "$(cluster_bin psql)" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=SHOW_CONTEXT=never --dbname="$database" "$@"
}
