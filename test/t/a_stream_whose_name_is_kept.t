#!/usr/bin/env bash
# A stream of the user's that has a name which this version keeps: the update is refused and changes nothing, the statements of the
# page rename the stream, and then everything goes on.
. "$(dirname "$0")/lib/tap.sh"

# The statements of the page, for the account and the source of this test.
renaming() {
    awk '/^## A stream whose name is kept/ { wanted = 1 } wanted && /^```$/ { exit } inside; wanted && /^```sql$/ { inside = 1 }' \
        "$here/../../docs/how-to/upgrade.md" | sed "s/office_a/office/; s/'forms'/'nocrm'/"
}
renaming >"$work/renaming.sql"
is "$(grep -c office "$work/renaming.sql")" 4 'the page has statements'

make_role reader_of_the_office
make_database life_kept
run_file life_kept "$here/data/events.sql"
sql life_kept "create extension pgcrm version '0.1.0'"
run_file life_kept "$here/data/office_of_0.1.0.sql"
ok $? 'there is an account of 0.1.0'

# Events of a kind of their own, as 0.1.0 has stored them.
sql life_kept "insert into pgcrm.account values ('office', now())" \
    "insert into pgcrm.stream (source, stream, ordinal, mapping)
     select 'nocrm', 'activity', 7, mapping || '{\"stream\": \"activity\", \"match\": {\"/webhook_event/event\": \"lead.visited\"}}'
     from pgcrm.stream where stream = 'lead_created'" \
    'create table office.activity (like office.lead_created including all)' \
    'alter index office.activity_pkey rename to activity_is_unique' \
    "insert into office.activity select (jsonb_populate_record(null::office.activity, to_jsonb(l) || '{\"id\": 900, \"event\": \"lead.visited\"}'
         || jsonb_build_object('raw_data', jsonb_set(jsonb_set(l.raw_data, '{webhook_event,id}', '900'), '{webhook_event,event}', '\"lead.visited\"')))).*
     from office.lead_created l order by id limit 1" \
    "insert into office.observation select (jsonb_populate_record(o, '{\"origin\": \"activity\", \"event_id\": \"900\"}')).*
     from office.observation o where origin = 'lead_created' and event_id = (select min(id) from office.lead_created)::text" \
    "insert into office.pending select lead_id, nextval('office.pending_mark') from office.activity"
is "$(sql life_kept 'select count(*) from office.observation where origin = '"'activity'")" 1 'it has an event of stream "activity"'

refusal='*42P07: stream "activity" of source "nocrm" has a name that is kept for tables of every account*HINT:*docs/how-to/upgrade.md*'
like "$(sql life_kept 'alter extension pgcrm update')" "$refusal" 'the update is refused'
is "$(sql life_kept "select extversion from pg_extension where extname = 'pgcrm'")" 0.1.0 'and has changed nothing'
run_file life_kept "$work/renaming.sql"
ok $? 'the stream is renamed as the page says'
is "$(sql life_kept 'alter extension pgcrm update')" '' 'the update goes through'
sql life_kept "select crm_account_upgrade('office')" 'select from crm_refresh()' "select crm_rebuild('office')" >/dev/null
is "$(verify life_kept)" '' 'every number is right'
is "$(sql life_kept "select outcome from crm_ingest('office', event_body(901, 'lead.visited', 7, '2026-05-02 09:00Z', stage_said(1, 'todo', 7))::jsonb)" \
    "select count(*) from office.visit" | paste -sd' ')" 'stored 2' 'events of the stream come in'

# A dump with such a stream, restored into this version.
sql life_kept "update pgcrm.stream set stream = 'activity', mapping = jsonb_set(mapping, '{stream}', '\"activity\"') where stream = 'visit'"
for call in "crm_ingest('office', '{}')" "crm_rebuild('office')" "crm_account_upgrade('office')" "crm_verify('office')"; do
    like "$(sql life_kept "select $call")" "$refusal" "$call says so"
done
done_testing
