-- Events of one key come in every order and in every way to cut that order into batches. What stands in the end is the same,
-- whatever the stream does with duplicates; with "replace" it is the one that came last.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
create function pg_temp.mapping(stream text, on_duplicate jsonb) returns jsonb language sql as $$
    select jsonb_build_object('stream', stream, 'match', jsonb_build_object('/kind', stream), 'key', array['id'],
        'same', array['/what', '/lead', '/missing/-1'], 'on_duplicate', on_duplicate,
        'columns', jsonb_build_array(
            '{"name": "id", "type": "text", "at": "/id", "required": true}'::jsonb,
            '{"name": "version", "type": "integer", "at": "/version", "required": true}'::jsonb,
            jsonb_build_object('name', 'at', 'type', 'timestamptz', 'at', '/at', 'required', stream like 'deal%'),
            '{"name": "lead", "type": "text", "at": "/lead", "required": true}'::jsonb,
            '{"name": "what", "type": "text", "at": "/what"}'::jsonb,
            '{"name": "raw_data", "type": "jsonb", "from": "body"}'::jsonb))
        || case when stream like 'deal%' then '{"observation": {"kind": "snapshot", "lead": "lead", "at": "at", "stage": "what"}}'::jsonb
                else '{"stage": {"id": "lead", "name": "what", "at": "at"}}'::jsonb end
$$;
create temp table policy (name text, rule jsonb);
insert into policy values ('keep', '"keep"'), ('replace', '"replace"'), ('newer', '{"replace_if_newer": "version"}');
select count(crm_stream_define('tool', pg_temp.mapping(kind || '_' || name, rule))) from policy, unnest(array['deal', 'list']) kind;
select crm_account_create('acme', source => 'tool');

-- The first two mean the same. Of the deals the last two are of one time; the last list has none.
create temp table said (kind text, number int, version int, day int, what text, lead text);
insert into said values
    ('deal', 1, 1, 1, '1', 'a'), ('deal', 2, 3, 3, '1.0', 'a'), ('deal', 3, 2, 2, '2', 'a'), ('deal', 4, 2, 2, '3', 'b'),
    ('list', 1, 1, 1, '1', 'a'), ('list', 2, 3, 3, '1.0', 'a'), ('list', 3, 2, 2, '2', 'b'), ('list', 4, 0, null, '3', 'a');

-- Each order with each batching is a key of its own; `batch` says with which call a body comes. A bit of `cuts` ends a batch.
create temp table sent as
    with recursive orders as (
        select array[]::int[] as numbers
        union all
        select o.numbers || n from orders o, generate_series(1, 4) n where n <> all (o.numbers))
    select k.name as policy, s.kind, 'k' || array_to_string(o.numbers, '') || '-' || cuts as id, p.place, s.number,
           (select count(*) from generate_series(0, p.place::int - 2) bit where cuts >> bit & 1 = 1) as batch,
           format('{"kind": "%s_%s", "id": "k%s-%s", "version": %s, "at": %s, "what": %s, "lead": "%s-%s-%s"}', s.kind, k.name,
                  array_to_string(o.numbers, ''), cuts, s.version, coalesce('"2026-01-0' || s.day || 'T00:00:00Z"', 'null'),
                  s.what, s.lead, array_to_string(o.numbers, ''), cuts) as body
    from orders o, unnest(o.numbers) with ordinality p(number, place), generate_series(0, 7) cuts, policy k, said s
    where cardinality(o.numbers) = 4 and s.number = p.number;

select b.batch, count(*) as bodies, count(*) filter (where r.outcome = 'duplicate') > 0 as has_duplicates
from generate_series(0, 3) b(batch),
     lateral crm_ingest_batch('acme', (select array_agg(s.body order by s.place, s.policy, s.kind, s.id) from sent s where s.batch = b.batch)) r
group by 1 order by 1;

create temp table stands as
    select substr(e.stream, 6) as policy, left(e.stream, 4) as kind, e.id, e.version, e.what, left(e.lead, 1) as lead,
           (select string_agg(concat(left(o.lead_id, 1), o.stage_id, o.occurred_at), ',') from acme.observation o
             where o.origin = e.stream and o.event_id = e.id) as observed,
           (select string_agg(concat(left(d.stage_id, 1), d.name, d.defined_at), ',') from acme.stage_definition d
             where d.origin = e.stream and d.event_id = e.id) as defined
    from (select 'deal_keep' as stream, * from acme.deal_keep union all select 'deal_newer', * from acme.deal_newer
          union all select 'deal_replace', * from acme.deal_replace union all select 'list_keep', * from acme.list_keep
          union all select 'list_newer', * from acme.list_newer union all select 'list_replace', * from acme.list_replace) e;
select policy, kind, count(*) as orders_and_batchings, version, what, lead, observed, defined from stands
where policy <> 'replace' group by policy, kind, version, what, lead, observed, defined order by 1, 2;
select s.kind, count(*) as orders_and_batchings, bool_and(t.version = w.version and t.what = w.what and t.lead = w.lead) as is_the_last
from stands t join sent s on s.policy = t.policy and s.kind = t.kind and s.id = t.id and s.place = 4
join said w on w.kind = s.kind and w.number = s.number where t.policy = 'replace'
-- the same meaning again changes nothing
and not exists (select from sent b where b.policy = t.policy and b.kind = t.kind and b.id = t.id and b.place = 3 and b.number + s.number = 3)
group by 1 order by 1;
select distinct problems from acme.quarantine;
select account, outcome from crm_refresh('acme');
select count(*) from crm_verify('acme');
select leads > 0 as has_leads, stays_written from crm_rebuild('acme');

-- Two lines of one key and one version that mean different things: the loser is told, whichever comes first.
select ordinal, outcome, problems from crm_ingest_batch('acme', array(select replace(body, 'k1234-0', 'two') from sent where policy = 'newer' and kind = 'deal' and id = 'k1234-0' and number in (3, 4) order by number));
select ordinal, outcome, problems from crm_ingest_batch('acme', array(select replace(body, 'k1234-0', 'owt') from sent where policy = 'newer' and kind = 'deal' and id = 'k1234-0' and number in (3, 4) order by number desc));
select id, what from acme.deal_newer where id in ('two', 'owt') order by 1;

-- One that is only spelled otherwise is the same, so it decides nothing: what of the four comes first does not matter.
create temp table spelled (name text, bodies text[]);
insert into spelled values
    ('s1', array['{"what": 202, "lead": "l", "n": 1}', '{"what": 202.0, "lead": "l", "n": 1}', '{"what": 7, "lead": "l"}']),
    ('s2', array['{"what": 202.0, "lead": "l", "n": 1}', '{"what": 202, "lead": "l", "n": 1}', '{"what": 7.00, "lead": "l"}']),
    ('s3', array['{"what": 7.0, "lead": "l"}', '{"lead": "l", "what": 2.02e2, "n": 1}', '{"what": 202.000, "lead": "l", "n": 1}']),
    ('s4', array['{"what": 70e-1, "lead": "l"}', '{"what": 202.00, "n": 1, "lead": "l"}', '{"what": 7, "lead": "l"}']);
select s.name, r.outcome from spelled s,
    lateral unnest(s.bodies) with ordinality b(body, place),
    lateral crm_ingest('acme', b.body::jsonb || jsonb_build_object('kind', 'deal_keep', 'id', s.name, 'version', 1, 'at', '2026-01-01T00:00:00Z')) r
order by s.name, b.place;
select count(distinct what::numeric) from acme.deal_keep where id like 's_';

select crm_account_drop('acme', false);
select count(crm_stream_drop('tool', kind || '_' || name)) from policy, unnest(array['deal', 'list']) kind;
drop function webhook, step;
