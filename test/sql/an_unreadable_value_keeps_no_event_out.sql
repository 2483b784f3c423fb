-- What a form leaves empty is null, in an optional column of any type. Where a mapping says so, a value that cannot be read is
-- null as well, and is counted; the event is in the funnel either way. What is required stays so.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select ordinal, outcome, problems from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming') || '{"amount": "", "user": {"id": " ", "email": "  "}, "title": ""}'),
    webhook(2, 'lead.step.changed', 7, '2026-02-10 09:00Z', step(202, 'Visit') || '{"amount": "12.50", "created_at": "\t"}'),
    webhook(3, 'lead.step.changed', 7, '2026-03-10 09:00Z', step(203, 'Offer') || '{"created_at": "0001-01-01"}'),
    webhook(4, 'lead.step.changed', 7, '2026-03-10 09:00Z', step(203, 'Offer') || '{"updated_at": ""}')]);
select lead_id, stage_id, amount, said & 1 <> 0 as amount_said, owner, said & 4 <> 0 as owner_said from office.observation order by event_id;
select title is null as no_title, amount is null as no_amount from office.lead_created;

-- A source of one's own that prefers an event with a hole to none.
select crm_stream_define('tool', '{"stream": "deal", "match": {"/kind": "deal"}, "key": ["id"],
    "columns": [{"name": "id", "type": "text", "at": "/id", "required": true},
                {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
                {"name": "stage", "type": "text", "at": ["/stage", "/list"], "unreadable": "null"},
                {"name": "status", "type": "text", "at": "/status", "clean": ["trim"], "unreadable": "null"},
                {"name": "amount", "type": "numeric", "at": ["/amount", "/value"], "unreadable": "null"},
                {"name": "due", "type": "date", "at": "/due", "unreadable": "null"},
                {"name": "place", "type": "integer", "at": "/place"},
                {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "observation": {"kind": "moved", "lead": "id", "at": "at", "stage": "stage", "amount": "amount",
                    "status": {"column": "status", "map": {"todo": "open", "won": "won"}}},
    "on_duplicate": {"replace_if_newer": "at"}}');
select crm_account_create('shop', source => 'tool');
create function deal(id text, day int, more jsonb) returns text language sql as $$
    select (jsonb_build_object('kind', 'deal', 'id', id, 'at', format('2026-01-%sT00:00:00Z', lpad(day::text, 2, '0')), 'stage', 's1', 'status', 'todo') || more)::text
$$;
select ordinal, outcome, event_id, problems from crm_ingest_batch('shop', array[
    deal('a', 1, '{"amount": "much", "due": "0001-13-01"}'),
    deal('b', 1, '{"amount": " ", "value": 7, "stage": "", "list": "s2", "due": "", "place": "  "}'),
    deal('c', 1, '{"status": "frozen", "stage": ["s1"], "amount": 1e300}'),
    deal('d', 1, '{"status": "frozen", "amount": "much", "place": "first"}'),
    deal('f', 1, '{"at": ""}'),
    deal('a', 1, '{"amount": "much", "due": "0001-13-01"}')]);
select id, stage, status, amount, due, place from shop.deal order by id;
select lead_id, stage_id, status, amount, said & 1 <> 0 as amount_said from shop.observation order by 1;
select * from shop.unread_value order by event_id, column_name;
select account, quarantined, unread_values from pgcrm.account_status order by 1;

-- What takes an event's place takes its holes away; a rebuild finds the same ones.
select outcome, problems from crm_ingest_batch('shop', array[deal('a', 2, '{"amount": 5, "due": "never"}')]);
select account, outcome from crm_refresh() order by 1;
select * from crm_verify('shop');
update shop.unread_value set event_id = 'lost' where event_id = 'c';
select leads, stays_written from crm_rebuild('shop');
select origin, event_id, column_name from shop.unread_value order by 2, 3;
select * from crm_verify('shop');
select * from crm_verify('office');
select lead_id, stage_id, amount, outcome from shop.stage_history order by 1;

-- What must be there cannot be null, and nothing else can be said.
select crm_stream_define('tool', jsonb_set(mapping, '{columns,0,unreadable}', '"null"')) from pgcrm.stream where source = 'tool';
select crm_stream_define('tool', jsonb_set(mapping, '{columns,2,unreadable}', '"zero"')) from pgcrm.stream where source = 'tool';

select count(crm_account_drop(account, false)) from (select account from pgcrm.account offset 0) a;
select crm_stream_drop('tool', 'deal');
drop function webhook, step, deal;
