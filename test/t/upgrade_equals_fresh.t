#!/usr/bin/env bash
# ALTER EXTENSION UPDATE leaves what CREATE EXTENSION makes, with the rights that users have given and the streams that
# they have defined; and a dump of that holds them.
. "$(dirname "$0")/lib/tap.sh"

make_database life_fresh
make_database life_updated
make_database life_restored
make_role life_ana
make_role '"Life Bo"'
version=$(sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" "$here/../../pgcrm.control")
mine=$(sql life_fresh "create extension pgcrm" "select (mapping || '{\"stream\": \"mine\"}') from pgcrm.stream where stream = 'lead_created'")

rights="select p.proname, a.grantee::regrole, a.is_grantable from pg_proc p, aclexplode(p.proacl) a
        where p.proname ~ '^(crm_|require_account)' and a.grantee <> p.proowner order by 1, 2::text, 3"

fresh=$(shape_of life_fresh extension)
is "$(grep -oE '^(member|column|constraint|view|foreign table|dumped|stream) |ERROR' <<<"$fresh" | sort -u | paste -sd' ')" \
    'column  constraint  dumped  foreign table  member  stream  view ' 'a fresh install has a shape'

for old in "$here"/../../sql/updates/pgcrm--*.sql; do
    old=$(basename "${old#*--}" .sql)
    sql life_updated 'drop extension if exists pgcrm cascade' \
        "create extension pgcrm version '$old'" \
        "grant execute on function crm_account_create to life_ana with grant option" \
        "grant execute on function crm_account_create, crm_ingest(text, jsonb), pgcrm.require_account to \"Life Bo\"" \
        "insert into pgcrm.stream (source, stream, ordinal, mapping) values ('nocrm', 'mine', 7, '$mine')"
    before=$(sql life_updated "$rights")
    is "$(sql life_updated 'alter extension pgcrm update')" '' "$old is updated"
    is "$(sql life_updated "select extversion from pg_extension where extname = 'pgcrm'")" "$version" "to $version"
    is "$(shape_of life_updated extension)" "$fresh" "$old: members, definitions, comments and what is dumped are those of a fresh install"
    is "$(sql life_updated "$rights")" "$before" "$old: who might call a function may call it still"
    is "$(sql life_updated "select mapping from pgcrm.stream where not shipped")" "$mine" "$old: a stream of the user's stays"
    pg_dump life_updated >"$work/dump.sql"
    run_file life_restored "$work/dump.sql"
    is "$(sql life_restored "$rights")" "$before" "$old: a dump of the updated database holds the rights"
    is "$(sql life_restored "select mapping from pgcrm.stream where not shipped")" "$mine" "$old: and the user's stream"
    sql life_restored 'drop extension pgcrm'
done

# Between a new library and the update, what cannot work says what is missing.
make_database life_older
sql life_older "create extension pgcrm version '0.1.0'"
like "$(sql life_older "select crm_account_create('office')")" \
    'ERROR:  42P13: function "crm_account_create" does not fit the loaded library*HINT:  Run alter extension pgcrm update in this database*' \
    'a function of an older script says what to do'
done_testing
