# shellcheck shell=bash
# What the tests of this folder share. Each file holds one promise about a whole database: what is left of it, and still
# right, after a dump, a restore, an upgrade. They write TAP, work in databases named life_*, and take the server from
# PGHOST, PGPORT and PGUSER, who is a superuser.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
export PGOPTIONS='-c client_min_messages=warning' PGTZ=UTC PGDATESTYLE=ISO
tests=0
databases=()
roles=()

# Called when the script ends, however it ends.
clean_up() {
    local database role
    for database in "${databases[@]}"; do
        psql -qX -d postgres -c "drop database if exists $database with (force)"
    done
    for role in "${roles[@]}"; do
        psql -qX -d postgres -c "drop role if exists $role"
    done
    rm -rf "$work"
}
trap clean_up EXIT

# ok COMMAND-STATUS NAME
ok() {
    tests=$((tests + 1))
    if (($1 == 0)); then
        printf 'ok %d - %s\n' "$tests" "$2"
    else
        printf 'not ok %d - %s\n' "$tests" "$2"
    fi
}

# is GOT WANTED NAME
is() {
    [[ $1 == "$2" ]]
    ok $? "$3"
    [[ $1 == "$2" ]] || diff <(printf '%s\n' "$2") <(printf '%s\n' "$1") | head -n 40 | sed 's/^/#   /'
}

# like GOT PATTERN NAME: a glob
like() {
    # shellcheck disable=SC2053 # it is a pattern
    [[ $1 == $2 ]]
    ok $? "$3"
    # shellcheck disable=SC2053
    [[ $1 == $2 ]] || head -n 10 <<<"#   ${1//$'\n'/$'\n'#   }"
}

done_testing() {
    printf '1..%d\n' "$tests"
}

# make_database NAME: empty, and dropped at the end.
make_database() {
    databases+=("$1")
    psql -qX -d postgres -c "drop database if exists $1 with (force)" -c "create database $1 template template0 encoding UTF8"
}

make_role() {
    roles+=("$1")
    psql -qX -d postgres -c "create role $1"
}

# sql DATABASE [STATEMENT]: what it answers, or how it fails: SQLSTATE, message and hint. Without a statement the input.
sql() {
    local database=$1
    shift
    psql -qAtX -F '|' -v ON_ERROR_STOP=1 -v VERBOSITY=verbose -d "$database" "${@/#/--command=}" 2>&1 | grep -v '^LOCATION: '
}

# run_file DATABASE FILE
run_file() {
    psql -qAtX -v ON_ERROR_STOP=1 -d "$1" -f "$2" >"$work/out" 2>&1 || { sed 's/^/# /' "$work/out"; return 1; }
}

# account_with_history DATABASE: extension, account "office" and all of data/events.sql but the last 18, refreshed.
account_with_history() {
    run_file "$1" "$here/data/events.sql"
    sql "$1" "create extension if not exists pgcrm" \
        "select crm_account_create('office', time_zone => 'America/Mexico_City')" >/dev/null
    ingest "$1" 'n <= 148' >/dev/null
    refresh "$1" >/dev/null
}

# ingest DATABASE CONDITION: those events, as one batch; what became of them.
ingest() {
    sql "$1" "select outcome, count(*) from crm_ingest_batch('office', (select array_agg(body order by n) from event where $2))
              group by outcome order by outcome" | paste -sd' '
}

refresh() {
    sql "$1" 'select account, outcome from crm_refresh() order by account' | paste -sd' '
}

verify() {
    sql "$1" "select * from crm_verify('office')"
}

# The account goes on working where it is: repeats are repeats, the last events come in, all numbers are right.
goes_on() {
    local database=$1 where=$2
    is "$(ingest "$database" 'n <= 40')" 'duplicate|40' "$where: old events are duplicates"
    is "$(ingest "$database" 'n > 148')" 'duplicate|10 quarantined|5 stored|3' "$where: new events come in"
    like "$(refresh "$database")" '*office|refreshed' "$where: they are refreshed"
    is "$(verify "$database")" '' "$where: every number is right"
}

# bi_of DATABASE: what BI tools read of the account.
bi_of() {
    sql "$1" "select account, month, kpi_name, funnel_step, deals_count from crm_bi.sales_funnel_monthly where account = 'office' order by 1, 2, 3, 4"
}

# reports_over_bi DATABASE: what people make of it: views over crm_bi in a schema of their own, for role life_reader.
reports_over_bi() {
    sql "$1" 'create schema reports' \
        'create view reports.entries as select account, month, sum(entries) as entries from crm_bi.funnel_monthly group by 1, 2' \
        "create view reports.quarters as select c.year, c.quarter, s.kpi_name, sum(s.deals_count) as deals
            from crm_bi.sales_funnel_monthly s join crm_bi.calendar_month c using (month) group by 1, 2, 3" \
        'grant usage on schema reports to life_reader' \
        'grant select on all tables in schema reports to life_reader'
}

# as_role DATABASE ROLE STATEMENT
as_role() {
    sql "$1" "set role $2" "$3"
}

# check_reader DATABASE WHERE: role life_reader may read the account and no more.
check_reader() {
    is "$(as_role "$1" life_reader "select count(*) > 0 from crm_funnel('office')")" t "$2: who might read the account may read it"
    is "$(as_role "$1" life_reader "select count(*) > 0 from crm_bi.funnel_monthly")" t "$2: and crm_bi"
    like "$(as_role "$1" life_reader "select crm_ingest('office', '{}')")" 'ERROR:  42501: *' "$2: and may not ingest"
}

# rows_of DATABASE: every row of the account's tables but the times of arrival and of work.
rows_of() {
    psql -qAtX -v ON_ERROR_STOP=1 -d "$1" -f "$here/lib/account_rows.sql" 2>&1
}

# shape_of DATABASE extension|account
shape_of() {
    psql -qAtX -v ON_ERROR_STOP=1 -d "$1" -f "$here/lib/$2_shape.sql" 2>&1
}

# --- servers of a test's own, in $work

# The server refuses to run as root.
as_owner() {
    if ((EUID == 0)); then
        (cd "$work" && exec runuser -u postgres -- "$@")
    else
        (cd "$work" && exec "$@")
    fi
}

# server start|stop NAME BIN
server() {
    as_owner "$3/pg_ctl" "$1" --pgdata="$work/$2" --wait --silent --mode=fast --log="$work/$2.log" || sed 's/^/# /' "$work/$2.log"
}
