#!/usr/bin/env bash
# DROP EXTENSION takes no data away, and neither does a dump that is made then: the extension comes back, adopts the
# account and goes on.
. "$(dirname "$0")/lib/tap.sh"

make_database life_kept
make_role life_reader
account_with_history life_kept
sql life_kept "select crm_grant('office', 'life_reader', 'read')" >/dev/null
rows=$(rows_of life_kept) shape=$(shape_of life_kept account) bi=$(bi_of life_kept)
reports_over_bi life_kept
like "$(sql life_kept 'drop extension pgcrm')" 'ERROR:  2BP01: *HINT:  Use DROP ... CASCADE *' 'while somebody has a view over crm_bi, the extension is not dropped'
sql life_kept 'drop schema reports cascade'
is "$(sql life_kept 'drop extension pgcrm')" '' 'the extension is dropped without cascade'
is "$(sql life_kept "select nspname from pg_namespace where nspname in ('crm_bi', 'pgcrm', 'office')")" office 'with crm_bi, and without the account'
pg_dump life_kept >"$work/plain.sql"
pg_dump --format=custom --file="$work/custom" life_kept
make_database life_plain
make_database life_custom
run_file life_plain "$work/plain.sql"
ok $? 'a plain dump without the extension is restored'
pg_restore --exit-on-error --dbname=life_custom "$work/custom"
ok $? 'and one of custom format'

for database in life_kept life_plain life_custom; do
    is "$(sql "$database" 'create extension pgcrm' 'select account from crm_bi.lead_current')" '' "$database: the extension comes back and knows no account"
    is "$(sql "$database" "select crm_account_adopt('office')")" '' "$database: it adopts the account"
    is "$(bi_of "$database")" "$bi" "$database: crm_bi shows what it showed"
    is "$(rows_of "$database")" "$rows" "$database: it holds what it held"
    is "$(shape_of "$database" account)" "$shape" "$database: in the same tables"
    check_reader "$database" "$database"
    goes_on "$database" "$database"
    like "$(bi_of "$database")" 'office|2026-*' "$database: crm_bi shows it"
done
done_testing
