#!/usr/bin/env bash
# An account that an older server has filled moves to this one, by pg_upgrade and by dump and restore: every number is
# right there, and events go on coming. And each server says what is wrong with the library of the other.
. "$(dirname "$0")/lib/tap.sh"

if [[ -z ${PGCRM_OLD_PG_CONFIG:-} ]]; then
    printf 'ok 1 - an account moves to a newer server # skip PGCRM_OLD_PG_CONFIG names no older one\n1..1\n'
    exit
fi
old=$("$PGCRM_OLD_PG_CONFIG" --bindir)
new=$(pg_config --bindir)

# new_cluster NAME BIN: with pg_cron, which works in database life_moved.
new_cluster() {
    local data=$work/$1 checksums=()
    ! "$2/initdb" --help | grep -q -e --no-data-checksums || checksums=(--no-data-checksums)
    as_owner "$2/initdb" --pgdata="$data" --username=postgres --encoding=UTF8 --locale=C.UTF-8 --auth=trust --no-sync \
        "${checksums[@]}" >"$work/initdb.log" 2>&1 || sed 's/^/# /' "$work/initdb.log"
    printf '%s\n' "shared_preload_libraries = 'pg_cron'" "cron.database_name = 'life_moved'" 'cron.use_background_workers = on' \
        "listen_addresses = ''" "unix_socket_directories = '$work'" 'port = 54399' 'fsync = off' >>"$data/postgresql.conf"
}

# there COMMAND...: in the server that is being moved.
there() {
    PGHOST=$work PGPORT=54399 PGUSER=postgres "$@"
}

end_all() {
    as_owner "$old/pg_ctl" stop --pgdata="$work/old" --mode=immediate --silent 2>/dev/null
    as_owner "$new/pg_ctl" stop --pgdata="$work/new" --mode=immediate --silent 2>/dev/null
    clean_up
}
trap end_all EXIT
((EUID != 0)) || chown postgres "$work"

# From 18 on NOT NULL of a column is a constraint as well; the columns say it everywhere.
tables_of() {
    shape_of "$1" account | grep -v '^constraint .*_not_null NOT NULL '
}

cron_jobs="select command, schedule, active from cron.job order by jobid"

new_cluster old "$old"
server start old "$old"
there psql -qX -d postgres -c 'create database life_moved' -c 'create role life_reader'
there account_with_history life_moved
there sql life_moved "select crm_grant('office', 'life_reader', 'read')" >/dev/null
there reports_over_bi life_moved
there sql life_moved 'create extension pg_cron' "select crm_schedule('0 4 1 1 *')" >/dev/null
rows=$(there rows_of life_moved)
shape=$(there tables_of life_moved)
bi=$(there bi_of life_moved)
reports='select sum(entries), count(distinct month), (select sum(deals) from reports.quarters) from reports.entries'
reported=$(there sql life_moved "$reports")
jobs=$(there sql life_moved "$cron_jobs")
like "$rows" '*stage_history *' 'the older server has an account with rows'
like "$jobs" '*crm_refresh*0 4 1 1 \*|t*' 'and a job of pg_cron'
like "$(sql postgres "load '$("$PGCRM_OLD_PG_CONFIG" --pkglibdir)/pgcrm.so'")" \
    'ERROR:  XX000: incompatible library *version mismatch*Server is version *library is version *' \
    'a library of the older server says in the newer one what it is'
like "$(there sql postgres "load '$(pg_config --pkglibdir)/pgcrm.so'")" \
    'ERROR:  XX000: incompatible library *version mismatch*Server is version *library is version *' \
    'and the other way round'

# Dump and restore, without pg_cron, whose own tables differ from version to version.
there pg_dump --exclude-extension=pg_cron life_moved >"$work/dump.sql"
ok $? 'a dump without pg_cron is made'
make_role life_reader
make_database life_restored
run_file life_restored "$work/dump.sql"
ok $? 'and restored'
is "$(rows_of life_restored)" "$rows" 'restored: every row is there'
is "$(bi_of life_restored)" "$bi" 'restored: crm_bi shows what it showed'
is "$(as_role life_restored life_reader "$reports")" "$reported" 'restored: so do views that people have made over it'
is "$(verify life_restored)" '' 'restored: every number is right'
check_reader life_restored restored
goes_on life_restored restored

server stop old "$old"
new_cluster new "$new"
as_owner "$new/pg_upgrade" --old-bindir="$old" --new-bindir="$new" --old-datadir="$work/old" --new-datadir="$work/new" \
    --socketdir="$work" --username=postgres >"$work/pg_upgrade.log" 2>&1
ok $? 'pg_upgrade works'
grep -q 'Upgrade Complete' "$work/pg_upgrade.log" || { sed 's/^/# /' "$work/pg_upgrade.log"; find "$work/new/pg_upgrade_output.d" -name '*.txt' -exec sed 's/^/# /' {} +; }
server start new "$new"
is "$(there rows_of life_moved)" "$rows" 'upgraded: every row is there'
is "$(there tables_of life_moved)" "$shape" 'upgraded: in the same tables'
is "$(there bi_of life_moved)" "$bi" 'upgraded: crm_bi shows what it showed'
is "$(there as_role life_moved life_reader "$reports")" "$reported" 'upgraded: so do views that people have made over it'
is "$(there sql life_moved "$cron_jobs")" "$jobs" 'upgraded: the job of pg_cron is there'
is "$(there verify life_moved)" '' 'upgraded: every number is right'
there check_reader life_moved upgraded
there goes_on life_moved upgraded
done_testing
