-- What keeps a body out is told at once and once each: values that cannot be read, and rules that it breaks. A rule about a
-- column that could not be read has nothing to say of that body.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_stream_define('tool', '{"stream": "deal", "match": {"/kind": "deal"}, "key": ["id"],
    "columns": [{"name": "id", "type": "text", "at": "/id", "required": true},
                {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
                {"name": "closed_at", "type": "timestamptz", "at": ["/closed_at", "/at"]},
                {"name": "at_utc", "type": "timestamptz", "at": "/at"},
                {"name": "day", "type": "timestamptz", "at": "/at"},
                {"name": "amount", "type": "numeric", "at": "/amount"},
                {"name": "chance", "type": "integer", "at": "/chance"},
                {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "rules": [{"check": "amount >= 0", "problem": "negative amount"},
              {"check": "chance between 0 and 100", "problem": "no chance"},
              {"check": "coalesce(amount, -1) > 0 or r.closed_at is not null", "problem": "neither closed nor paid"},
              {"check": "100 / amount <> 7", "problem": "never"},
              {"check": "raw_data -> ''kind'' is not null and raw_data -> ''test'' is null", "problem": "a test"}]}');
select crm_account_create('acme', source => 'tool');
create function deal(id text, more jsonb) returns text language sql as $$
    select (jsonb_build_object('kind', 'deal', 'id', id, 'at', '2026-01-09T00:00:00Z', 'amount', 5) || more)::text
$$;
select r.ordinal, r.outcome, p.number, p.problem
from crm_ingest_batch('acme', array[
    deal('a', '{"amount": -5, "chance": 101}'),
    deal('b', '{"amount": -5, "chance": "many", "test": 1}'),
    deal('c', '{"amount": "much", "chance": 101}'),
    deal('d', '{"at": "yesterday", "amount": -5}'),
    deal('e', '{"at": null, "chance": 101}'),
    deal('f', '{"amount": 0, "chance": "many"}'),
    deal('g', '{"amount": 0}'),
    deal('h', '{"chance": 7}'),
    replace(deal('i', '{"amount": -5, "chance": "many", "note": "NUL"}'), 'NUL', '\u0000')]) r
left join lateral unnest(r.problems) with ordinality p(problem, number) on true order by 1, 3;
select id from acme.deal;
select stream, count(*) as bodies, sum(cardinality(problems)) as reasons from acme.quarantine group by 1;

-- One by one they hear the same.
create temp table told as select body, problems from acme.quarantine;
select crm_replay('acme') is not null as is_replayed;
select count(*) from acme.quarantine q join told t using (body) where q.problems = t.problems;
select outcome, problems from crm_ingest('acme', deal('b', '{"amount": -5, "chance": "many", "test": 1}')::jsonb);

-- noCRM sends a time that fills several columns.
select crm_account_create('office');
select problems from crm_ingest('office', webhook(1, 'lead.status.changed', 7, '2026-01-10 09:00Z', step(201, 'Incoming') || '{"created_at": "?", "updated_at": "?"}')::jsonb);
select problems from crm_ingest('office', webhook(2, 'lead.status.changed', 7, '2026-01-10 09:00Z', step(201, 'Incoming') || '{"created_at": "?"}')::jsonb);

select count(crm_account_drop(account, false)) from (select account from pgcrm.account offset 0) a;
select crm_stream_drop('tool', 'deal');
drop function webhook, step, deal;
