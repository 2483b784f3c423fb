-- What a CRM sends in some months, the same on every machine: table event, in the order of arrival. Two dozen leads with moves,
-- ends and second lives; repeats, conflicts, bodies that are none, kinds of events that version 0.1.0 did not know.
set datestyle = 'ISO';

create table event (
    n    integer generated always as identity primary key,
    body text not null);

create function event_body(id bigint, event text, lead bigint, at timestamptz, said jsonb default '{}') returns text
language sql
return jsonb_build_object('webhook_event', jsonb_build_object(
    'id', id, 'event', event, 'signature', 'none', 'has_succeeded', false, 'try_count', 0,
    'data', jsonb_build_object('id', lead, 'title', 'Lead ' || lead, 'created_at', at, 'updated_at', at) || said))::text;

create function stage_said(stage bigint, status text, lead bigint) returns jsonb
language sql
return jsonb_build_object(
    'step_id', 200 + stage, 'step', (array['Incoming', 'Visit', 'Offer', 'Contract'])[stage], 'status', status,
    'pipeline', 'Sales', 'amount', lead * 10.5, 'currency', 'MXN',
    'user', jsonb_build_object('id', 1 + lead % 3, 'email', 'seller' || lead % 3 || '@example.com'),
    'client_folder', jsonb_build_object('id', lead % 9, 'name', 'Client ' || lead % 9));

insert into event (body)
select event_body(lead * 100, 'lead.creation', lead, timestamptz '2026-01-05 15:00Z' + lead * interval '2 days', stage_said(1, 'todo', lead))
from generate_series(1, 24) lead order by lead;
insert into event (body)
select event_body(lead * 100 + move, 'lead.step.changed', lead, timestamptz '2026-01-05 15:00Z' + lead * interval '2 days' + move * interval '130 hours',
                  stage_said(1 + (lead + move * move) % 4, 'todo', lead))
from generate_series(1, 24) lead, generate_series(1, 3) move order by move * 7 % 5, lead;
insert into event (body)
select event_body(lead * 100 + 50, 'lead.status.changed.to.' || status, lead, timestamptz '2026-03-20 18:30Z' + lead * interval '31 hours',
                  stage_said(1 + (lead + 9) % 4, status, lead))
from generate_series(1, 24) lead, lateral (select (array['won', 'lost', 'cancelled', 'todo'])[1 + lead % 4]) s(status) order by lead;
insert into event (body)
select event_body(lead * 100 + 60, 'lead.step.changed', lead, timestamptz '2026-06-01 05:30Z' + lead * interval '7 hours', stage_said(2, 'todo', lead))
from generate_series(1, 24, 5) lead order by lead;
insert into event (body)
select event_body(lead * 100 + 70, 'lead.deleted', lead, timestamptz '2026-07-01 05:30Z' + lead * interval '3 hours')
from generate_series(7, 24, 11) lead order by lead;

-- Stages as the source defines them, folders, and what is no event of a lead.
insert into event (body)
select event_body(9000 + stage, 'account.step.updated', 200 + stage, timestamptz '2026-02-01 12:00Z' + stage * interval '1 hour',
                  jsonb_build_object('name', (array['Incoming', 'Visit', 'Proposal', 'Contract'])[stage], 'position', stage))
from generate_series(1, 4) stage order by stage;
insert into event (body)
select event_body(9100 + folder, 'client_folder.created', folder, timestamptz '2026-01-02 12:00Z', jsonb_build_object('name', 'Client ' || folder))
from generate_series(1, 9) folder order by folder;
insert into event (body) select event_body(9200, 'prospect.created', 5, '2026-01-02 12:00Z') from generate_series(1, 3);

-- Repeats; conflicts, the older of two first and last; no events.
insert into event (body) select body from event where n % 9 = 0 order by n;
insert into event (body)
select event_body(lead * 100 + 1, 'lead.step.changed', lead, timestamptz '2026-01-01 15:00Z' + lead * interval '4 days', stage_said(3, 'todo', lead))
from generate_series(3, 24, 6) lead order by lead;
insert into event (body) values ('not json'), ('not json'), (''), ('{"webhook_event": {"id": "x", "event": "lead.deleted", "data": {"updated_at": "tomorrow"}}}');
