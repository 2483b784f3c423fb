-- A mapping's rules send what breaks them to quarantine, with all that is wrong; its policy says what becomes of an
-- event whose key is taken.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
insert into pgcrm.stream (source, ordinal, stream, mapping) values ('shop', 1, 'deal', '{"stream": "deal",
    "match": {"/kind": "deal"}, "key": ["id"],
    "columns": [{"name": "id", "type": "text", "at": "/id", "required": true},
                {"name": "version", "type": "integer", "at": "/version", "required": true},
                {"name": "at", "type": "timestamptz", "at": "/at", "required": true},
                {"name": "stage", "type": "text", "at": "/stage"},
                {"name": "amount", "type": "numeric", "at": "/amount"},
                {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "rules": [{"check": "amount >= 0", "problem": "negative amount"},
              {"check": "stage <> ''none'' -- nobody means it", "problem": "no stage"},
              {"check": "100 / amount <> 7", "problem": "never"}],
    "observation": {"kind": "snapshot", "lead": "id", "at": "at", "stage_name": "stage", "amount": "amount"},
    "on_duplicate": {"replace_if_newer": "version"}}');
select crm_account_create('mill', source => 'shop');
create function deal(id text, version integer, day integer, stage text, amount numeric) returns text language sql as $$
    select jsonb_build_object('kind', 'deal', 'id', id, 'version', version, 'at', format('2026-01-%sT00:00:00Z', lpad(day::text, 2, '0')), 'stage', stage, 'amount', amount)::text
$$;

-- Null passes, as in a CHECK; an error of an expression is about that body alone.
select ordinal, outcome, event_id, problems from crm_ingest_batch('mill', array[
    deal('a', 1, 10, 'new', 5), deal('b', 1, 10, 'none', -5), deal('c', 1, 10, 'new', 0), deal('d', 1, 10, null, null),
    deal('e', 1, 11, 'none', 5), deal('e', 2, 12, 'new', 5)]);
select convert_from(body, 'UTF8')::jsonb ->> 'id' as id, stream, problems from mill.quarantine order by 1, 3;

-- The greater version wins, in whatever order they come; nothing goes to quarantine for it, but for one of two that are of
-- one version and mean different things.
select ordinal, outcome from crm_ingest_batch('mill', array[
    deal('a', 3, 15, 'won over', 7), deal('a', 2, 14, 'asked', 6), deal('f', 1, 10, 'new', 1), deal('f', 2, 11, 'asked', 2), deal('f', 2, 12, 'lost', 3)]);
select ordinal, outcome from crm_ingest_batch('mill', array[deal('a', 2, 14, 'asked', 6), deal('a', 3, 15, 'won over', 7), deal('a', 4, 16, 'asked again', 8)]);
select id, version, stage, amount from mill.deal order by id;
select lead_id, stage, amount from mill.observation order by 1;
select count(*) from mill.quarantine;
select account, outcome from crm_refresh('mill');
select * from crm_verify('mill');

-- With "replace" the last to come wins.
update pgcrm.stream set mapping = jsonb_set(mapping, '{on_duplicate}', '"replace"') where source = 'shop';
select outcome from crm_ingest_batch('mill', array[deal('a', 1, 9, 'back', 1), deal('f', 9, 9, 'one', 1), deal('f', 8, 9, 'two', 2)]);
select id, version, stage from mill.deal where id in ('a', 'f') order by id;
select account, outcome from crm_refresh('mill');
select lead_id, entered_at, amount, outcome from mill.stage_history where lead_id in ('a', 'f') order by 1;
select * from crm_verify('mill');

-- A rule that was written by hand is looked at as well: it is one expression and no more, and calls nothing but what came
-- with the server.
create table secret as select 1 as number;
create function peek() returns numeric language sql as 'select max(number) from public.secret';
update pgcrm.stream set mapping = jsonb_set(mapping, '{rules}', '[{"check": "public.peek() > amount", "problem": "too much"}, {"check": "at < now()", "problem": "late"}]') where source = 'shop';
select outcome, problems from crm_ingest_batch('mill', array[deal('a', 1, 9, 'new', 1)]);
update pgcrm.stream set mapping = jsonb_set(mapping, '{rules}', '[{"check": "true) then null end]::text[], null) from (select public.peek()) p --", "problem": "out"}]') where source = 'shop';
select outcome from crm_ingest_batch('mill', array[deal('z', 1, 9, 'new', 1)]);
update pgcrm.stream set mapping = jsonb_set(mapping, '{rules}', '[{"check": "(select max(number) from public.secret) > amount", "problem": "a query"}]') where source = 'shop';
select outcome from crm_ingest_batch('mill', array[deal('z', 1, 9, 'new', 1)]);

select crm_account_drop('mill', keep_data => false);
delete from pgcrm.stream where source = 'shop';
drop table secret;
drop function webhook, step, deal, peek;
