#!/usr/bin/env bash
# On a hot standby, where nothing can be written, crm_bi shows what the primary has committed: the same rows, to the same
# readers, with an account that is broken left out.
. "$(dirname "$0")/lib/tap.sh"

bin=$(pg_config --bindir)

settings() {
    printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$work'" "port = $1" 'fsync = off' 'hot_standby = on'
}

# on primary|replica COMMAND...
on() {
    local port=54397
    [[ $1 == primary ]] || port=54398
    shift
    PGHOST=$work PGPORT=$port PGUSER=postgres "$@"
}

end_all() {
    server stop replica "$bin" >/dev/null 2>&1
    server stop primary "$bin" >/dev/null 2>&1
    clean_up
}
trap end_all EXIT
((EUID != 0)) || chown postgres "$work"

# Until the replica has replayed what the primary has written.
caught_up() {
    local written tries
    written=$(on primary sql postgres 'select pg_current_wal_lsn()')
    for ((tries = 0; tries < 300; tries++)); do
        [[ $(on replica sql postgres "select pg_last_wal_replay_lsn() >= '$written'") != t ]] || return 0
        sleep 0.1
    done
    printf '# the replica has not caught up\n'
    return 1
}

as_owner "$bin/initdb" --pgdata="$work/primary" --username=postgres --encoding=UTF8 --locale=C.UTF-8 --auth=trust --no-sync \
    >"$work/initdb.log" 2>&1 || sed 's/^/# /' "$work/initdb.log"
settings 54397 >>"$work/primary/postgresql.conf"
server start primary "$bin"
on primary psql -qX -d postgres -c 'create database life_replica' -c 'create role life_reader' -c 'create role life_owner'
on primary account_with_history life_replica
on primary sql life_replica "select crm_account_create('broken', owner => 'life_owner')" "select crm_grant('office', 'life_reader', 'read')" >/dev/null
as_owner env PGHOST="$work" PGPORT=54397 PGUSER=postgres "$bin/pg_basebackup" --pgdata="$work/replica" --write-recovery-conf --checkpoint=fast \
    >"$work/backup.log" 2>&1 || sed 's/^/# /' "$work/backup.log"
settings 54398 >>"$work/replica/postgresql.conf"
server start replica "$bin"
caught_up

of_lead="select account, lead_id, stage, amount from crm_bi.lead_current where lead_id in ('7', '8', '9') order by 1, 2"
is "$(on replica sql life_replica 'select pg_is_in_recovery()')" t 'nothing can be written here'
is "$(on replica bi_of life_replica)" "$(on primary bi_of life_replica)" 'the classic report is that of the primary'
is "$(on replica sql life_replica "$of_lead")" "$(on primary sql life_replica "$of_lead")" 'so are the leads'
is "$(on replica sql life_replica 'set role life_reader' 'select distinct account from crm_bi.funnel_monthly')" office 'a reader sees his account'
is "$(on replica sql life_replica 'set role life_owner' 'select count(*) from crm_bi.funnel_monthly')" 0 'and nobody else sees it'

on primary ingest life_replica 'n > 148' >/dev/null
on primary refresh life_replica >/dev/null
caught_up
is "$(on replica bi_of life_replica)" "$(on primary bi_of life_replica)" 'what is refreshed there is here'

on primary sql life_replica 'drop table broken.funnel_monthly' >/dev/null
caught_up
like "$(PGOPTIONS='-c client_min_messages=warning' on replica sql life_replica 'select distinct account from crm_bi.funnel_monthly')" \
    '*account "broken" is left out*office' 'a broken account is left out with a warning'
done_testing
