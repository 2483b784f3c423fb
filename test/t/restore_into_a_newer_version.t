#!/usr/bin/env bash
# The schema of an account that version 0.1.0 made, restored into this one: a clear error until crm_account_upgrade has
# run; then it goes on, and becomes what an account is that got the same events from the start.
. "$(dirname "$0")/lib/tap.sh"

by_hand="update office.stage set position = 5 - (stage_id::int - 200), funnel_step = stage_id::int - 200, kpi_name = 'Sales Call ' || stage_id
         where stage_id in ('201', '202', '203')"

make_database life_fresh
account_with_history life_fresh
sql life_fresh "$by_hand"
is "$(ingest life_fresh 'n > 148')" 'duplicate|10 quarantined|5 stored|3' 'a fresh account gets the events'
is "$(refresh life_fresh)" 'office|refreshed' 'and is refreshed'
layout=$(sql life_fresh 'select layout_version from office.account')

make_database life_old
make_role reader_of_the_office
run_file life_old "$here/data/events.sql"
run_file life_old "$here/data/office_of_0.1.0.sql"
ok $? 'the dump of 0.1.0 is restored'
sql life_old 'create extension pgcrm'
like "$(sql life_old "select crm_account_adopt('office')")" \
    'WARNING:  *account "office" has an older layout and cannot be used yet*crm_account_upgrade*' 'adopting it says what is to be done'

for call in "crm_ingest('office', '{}')" "crm_refresh('office')" "crm_verify('office')" "crm_funnel('office')" "crm_rebuild('office')"; do
    like "$(sql life_old "select $call")" \
        "ERROR:  55000: account \"office\" has layout 1, not $layout*HINT:  Bring them up to date: alter extension pgcrm update, if that was not done; then select crm_account_upgrade('office')." "until then: $call"
done
sql life_old 'alter default privileges in schema office grant select on tables to reader_of_the_office'
is "$(sql life_old "select crm_account_upgrade('office')")" "$layout" 'it is upgraded'
is "$(sql life_old "select crm_account_upgrade('office')")" "$layout" 'again: nothing happens'
is "$(sql life_old "select distinct relation, stored from crm_verify('office') where relation = 'pending'")" 'pending|3' 'what was pending is pending; the numbers are still those of the rules of its time'
is "$(sql life_old "select count(*) from office.observation where kind <> 'snapshot' and sequence::text <> event_id")" 0 'its events have the order that their source gives them'
is "$(refresh life_old)" 'office|refreshed' 'it is refreshed'
is "$(verify life_old)" '' 'every number is right'
is "$(shape_of life_old account)" "$(shape_of life_fresh account)" 'its tables are those of a fresh account'
is "$(sql life_old "select (crm_ingest('office', body::jsonb)).outcome from event where n = 1")" duplicate 'it takes events'

# Version 0.1.0 did not know definitions of stages nor folders, and had fewer columns.
is "$(sql life_old "select stored, unhandled from crm_replay('office', 'unhandled')")" '13|1' 'kinds that are known now are promoted'
is "$(sql life_old "select stored > 0, quarantined from crm_replay('office', 'stored')")" 't|0' 'new columns are filled'
is "$(refresh life_old)" 'office|refreshed' 'it is refreshed'
is "$(verify life_old)" '' 'every number is right'
is "$(rows_of life_old)" "$(rows_of life_fresh)" 'every row of every table is that of a fresh account'
is "$(bi_of life_old)" "$(bi_of life_fresh)" 'crm_bi shows the same'
is "$(as_role life_old reader_of_the_office 'select count(*) > 0 from office.observation')" t 'rights that were given in its schema are there'
is "$(as_role life_old reader_of_the_office 'select count(*) from office.refresh_run where false')" 0 'also on tables that are new'
like "$(as_role life_old reader_of_the_office 'select digest from office.secret')" 'ERROR:  42501: *' 'but for the secrets'
is "$(sql life_old "select secret_id, cardinality(digests) from crm_secret_add('office'), crm_gateway_accounts()")" '1|1' 'of which it can have some'
goes_on_again=$(ingest life_old true)
like "$goes_on_again" 'duplicate|*' 'all events once more are no new ones'
is "$(verify life_old)" '' 'and change nothing'
done_testing
