#!/usr/bin/env bash
# Version 0.1.0 made the views of crm_bi at run time, and people have built upon them. An update puts the extension's own in
# their place, and so does restoring a dump of 0.1.0 without its crm_bi: what people have built goes on.
. "$(dirname "$0")/lib/tap.sh"

make_role reader_of_the_office
make_role life_reader
make_database life_fresh
make_database life_old
sql life_fresh 'create extension pgcrm'
run_file life_old "$here/data/events.sql"
sql life_old "create extension pgcrm version '0.1.0'"
run_file life_old "$here/data/office_of_0.1.0.sql" && run_file life_old "$here/data/crm_bi_of_0.1.0.sql"
ok $? 'there is an account of 0.1.0, with what was made in crm_bi for it'
reports_over_bi life_old
sql life_old "insert into pgcrm.account values ('office', now())" \
    'grant usage on schema crm_bi, office to life_reader' \
    'grant select on all tables in schema crm_bi, office to life_reader' \
    'grant select on crm_bi.funnel_monthly to reader_of_the_office with grant option'
# 0.1.0 showed zeros also for months before the first entry and after the last.
reports='select (select count(*) from reports.quarters where deals > 0), (select sum(entries) from reports.entries)'
before=$(sql life_old "$reports")
like "$before" '[1-9]*|[1-9]*' 'people have built upon it'
pg_dump life_old >"$work/whole.sql"
pg_dump --exclude-schema=crm_bi life_old >"$work/without.sql"
pg_dump --format=custom --file="$work/custom" life_old
# Parts of the views of many accounts, which a version between has made.
sql life_old 'create view crm_bi.part_1_of_funnel_monthly as select * from crm_bi.funnel_monthly'

# check_face DATABASE WHERE
check_face() {
    local database=$1 where=$2
    is "$(shape_of "$database" extension)" "$(shape_of life_fresh extension)" "$where: crm_bi is that of a fresh installation"
    is "$(sql "$database" "select c.relname from pg_class c where c.relnamespace = 'crm_bi'::regnamespace and c.relkind <> 'i'
                           and not exists (select from pg_depend where objid = c.oid and deptype = 'e')")" '' "$where: nothing else is in it"
    sql "$database" "select crm_account_upgrade('office')" >/dev/null
    is "$(sql "$database" "$reports")" "$before" "$where: views that people have made show what they showed"
    is "$(as_role "$database" life_reader "$reports")" "$before" "$where: also to whom they had let read them"
    refresh "$database" >/dev/null
    is "$(verify "$database")" '' "$where: every number is right"
    is "$(sql "$database" "select sum(entries) = (select sum(entries) from office.funnel_monthly) from reports.entries")" t "$where: the views follow"
    sql "$database" "select crm_account_create('branch')" "select outcome from crm_ingest_batch('branch', array[event_body(1, 'lead.creation', 1, '2026-01-01', stage_said(1, 'todo', 1))])" \
        'select from crm_refresh()' >/dev/null
    is "$(sql "$database" 'select distinct account from reports.entries order by 1' | paste -sd' ')" 'branch office' "$where: and show accounts that come"
}

is "$(sql life_old 'alter extension pgcrm update')" '' 'an older version is updated'
check_face life_old updated
is "$(sql life_old "select relname, a.grantee::regrole from pg_class c, aclexplode(c.relacl) a
                    where relnamespace = 'crm_bi'::regnamespace and a.grantee not in (0, relowner)")" '' 'updated: rights on crm_bi, which everybody has, are nobody'\''s own'
is "$(sql life_old 'drop owned by life_reader' 'drop role life_reader')" '' 'so that roles can go'
make_role life_reader
sql life_old 'grant usage on schema office, reports to life_reader' 'grant select on all tables in schema office, reports to life_reader'
pg_dump life_old >"$work/updated.sql"
make_database life_again
run_file life_again "$work/updated.sql"
ok $? 'a dump of the updated database is restored'
is "$(as_role life_again life_reader "$reports")" "$(as_role life_old life_reader "$reports")" 'with what people have built upon crm_bi, and their rights'

make_database life_without
run_file life_without "$work/without.sql"
ok $? 'a dump of 0.1.0 without crm_bi is restored into this version'
check_face life_without 'dumped without crm_bi'

make_database life_custom
pg_restore --exit-on-error --exclude-schema=crm_bi --dbname=life_custom "$work/custom"
ok $? 'and one of all, without crm_bi'
check_face life_custom 'restored without crm_bi'

make_database life_whole
psql -qAtX -d life_whole -f "$work/whole.sql" >"$work/out" 2>&1
is "$(grep -o 'ERROR: .*' "$work/out" | sort -u)" 'ERROR:  duplicate key value violates unique constraint "calendar_month_is_unique"
ERROR:  multiple primary keys for table "calendar_month" are not allowed
ERROR:  relation "calendar_month" already exists
ERROR:  relation "funnel_monthly" already exists
ERROR:  relation "sales_funnel_monthly" already exists' 'restored with crm_bi: the server tells of what is there already'
is "$(sql life_whole 'select pgcrm.make_face_objects()')" '' 'and the views are brought back'
check_face life_whole 'restored with crm_bi'
done_testing
