#!/usr/bin/env bash
# A dump of one account's schema is the whole account: restored into another database, or into the same one after the
# account was dropped, it is adopted and goes on.
. "$(dirname "$0")/lib/tap.sh"

make_database life_kept
make_role life_reader
account_with_history life_kept
sql life_kept "select crm_grant('office', 'life_reader', 'read')" >/dev/null
secret=$(sql life_kept "select secret from crm_secret_add('office', 'the CRM')")
rows=$(rows_of life_kept) shape=$(shape_of life_kept account) bi=$(bi_of life_kept)
like "$bi" 'office|2026-*' 'crm_bi shows something'
pg_dump --schema=office life_kept >"$work/plain.sql"
pg_dump --schema=office --format=custom --file="$work/custom" life_kept

check_adopted() {
    local database=$1 where=$2
    is "$(sql "$database" "select crm_account_adopt('office')")" '' "$where: is adopted"
    is "$(rows_of "$database")" "$rows" "$where: holds what it held"
    is "$(shape_of "$database" account)" "$shape" "$where: in the same tables"
    is "$(bi_of "$database")" "$bi" "$where: crm_bi shows what it showed"
    check_reader "$database" "$where"
    is "$(sql "$database" "select account, valid_seconds from crm_gateway_accounts() where sha256('$secret') = any (digests)")" 'office|{NULL}' \
        "$where: a secret opens it as before"
    like "$(as_role "$database" life_reader 'select digest from office.secret')" 'ERROR:  42501: *' "$where: and the reader does not see it"
    like "$(sql "$database" "select secret_id from crm_secret_add('office') where secret <> '$secret'")" '[2-9]' "$where: and another one is made"
    goes_on "$database" "$where"
}

make_database life_other
run_file life_other "$here/data/events.sql"
sql life_other 'create extension pgcrm' "select crm_account_create('branch')" >/dev/null
run_file life_other "$work/plain.sql"
ok $? 'another database: is restored'
like "$(sql life_other "select crm_ingest('office', '{}')")" 'ERROR:  42704: account "office" does not exist*' 'another database: nothing before it is adopted'
check_adopted life_other 'another database'
is "$(sql life_other "select distinct account from pgcrm.account_status order by 1" | paste -sd' ')" 'branch office' 'another database: beside the account that was there'

sql life_kept "select crm_account_drop('office', keep_data => false)"
pg_restore --exit-on-error --dbname=life_kept "$work/custom"
ok $? 'the same database: is restored'
check_adopted life_kept 'the same database'
done_testing
