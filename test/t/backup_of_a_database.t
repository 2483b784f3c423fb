#!/usr/bin/env bash
# A dump of a whole database, of any format, restored: nothing of an account has to be done again.
. "$(dirname "$0")/lib/tap.sh"

make_database life_kept
make_role life_reader
account_with_history life_kept
sql life_kept "select crm_ingest('office', event_body(99, 'lead.creation', 99, '2026-05-01', stage_said(1, 'todo', 99))::jsonb)" >/dev/null # and not refreshed
sql life_kept "select crm_grant('office', 'life_reader', 'read')" >/dev/null
sql life_kept "insert into pgcrm.stream (source, stream, ordinal, mapping)
    select source, stream, 3, mapping || '{\"on_duplicate\": \"keep\"}' from pgcrm.stream where stream = 'lead_created'
    union all select 'mycrm', 'lead_created', 1, mapping from pgcrm.stream where stream = 'lead_created'" \
    "select crm_account_create('branch', source => 'mycrm')" >/dev/null
reports_over_bi life_kept
reports='select sum(entries), count(distinct month), (select sum(deals) from reports.quarters) from reports.entries'
streams='select source, stream, ordinal, shipped, mapping from pgcrm.stream order by 1, 2, 4'
accounts='select * from pgcrm.account order by account'

check_copy() {
    local copy=$1 where=$2
    is "$(sql "$copy" "$accounts")" "$(sql life_kept "$accounts")" "$where: the accounts are registered"
    is "$(rows_of "$copy")" "$(rows_of life_kept)" "$where: their tables hold what they held, pending leads too"
    is "$(shape_of "$copy" account)" "$(shape_of life_kept account)" "$where: and are the same tables"
    is "$(sql "$copy" "$streams")" "$(sql life_kept "$streams")" "$where: streams of the user's stand beside those that are shipped"
    is "$(bi_of "$copy")" "$(bi_of life_kept)" "$where: crm_bi shows what it showed"
    is "$(as_role "$copy" life_reader "$reports")" "$(sql life_kept "$reports")" "$where: so do views that people have made over it, and the reader may look"
    check_reader "$copy" "$where"
    goes_on "$copy" "$where"
    is "$(sql "$copy" "select outcome from crm_ingest_batch('branch', array[event_body(1, 'lead.creation', 1, '2026-01-01')])")" stored \
        "$where: an account of a source of the user's goes on as well"
}

like "$(rows_of life_kept)" '*pending {"lead_id": *' 'there is something pending'
like "$(bi_of life_kept)" 'office|2026-*' 'crm_bi shows something'
like "$(sql life_kept "$reports")" '[1-9]*|[1-9]*|[1-9]*' 'and so do views over it'
pg_dump life_kept >"$work/plain.sql"
make_database life_plain
run_file life_plain "$work/plain.sql"
ok $? 'plain: is restored'
check_copy life_plain plain

pg_dump --format=custom --file="$work/custom" life_kept
make_database life_custom
pg_restore --exit-on-error --dbname=life_custom "$work/custom"
ok $? 'custom: is restored'
check_copy life_custom custom
done_testing
