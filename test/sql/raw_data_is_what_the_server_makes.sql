-- raw_data is written without the server's JSON parser; every byte of it is what that parser makes.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office_a');

-- A random document: nested, with keys of all lengths and given twice, numbers of all shapes, escapes.
create function random_number() returns text language sql volatile as $$
    select case (random() * 6)::integer
        when 0 then '0'
        when 1 then '-0.' || repeat('0', (random() * 70)::integer)|| '0'
        when 2 then ((random() * 2e9)::bigint - 1000000000)::text
        when 3 then (random() * 1e6)::numeric(20, 5)::text || 'e' || ((random() * 100)::integer - 50)
        when 4 then '1' || repeat('0', (random() * 300)::integer) || '.50'
        when 5 then (1 + (random() * 8)::integer) || repeat('9', (random() * 500)::integer)
        else '-' || (random() * 1e15)::bigint || 'E+' || (random() * 9)::integer end
$$;
create function random_text() returns text language sql volatile as $$
    select string_agg((array['a', 'b', '\n', '\"', '\\', 'é', '日本', '\u00e9', '\ud83d\ude00', '😀', '/', '\/', ' '])[1 + (random() * 12)::integer], '')
    from generate_series(0, (random() * random() * 40)::integer)
$$;
create function random_json(depth integer) returns text language plpgsql volatile as $$
declare kind integer := (random() * case when depth > 0 then 9 else 6 end)::integer;
begin
    return case
        when kind = 0 then 'null'
        when kind = 1 then 'true'
        when kind = 2 then 'false'
        when kind <= 4 then random_number()
        when kind <= 6 then '"' || random_text() || '"'
        when kind = 7 then '[' || coalesce((select string_agg(random_json(depth - 1), ' , ') from generate_series(1, (random() * random() * 80)::integer)), '') || ']'
        else '{' || coalesce((select string_agg(E'\n"' || case when random() < 0.2 then 'twice' else random_text() end || '":' || random_json(depth - 1), ',')
                             from generate_series(1, (random() * random() * 50)::integer)), '') || '}' end;
end $$;

select setseed(0.25);
create table body as
    select n as id, format('{"webhook_event":{"id":%s,"event":"lead.commented","data":{"updated_at":"2024-05-01T10:00:00Z","id":%s,"x":%s}}}', n, n % 50, random_json(3)) as text
    from generate_series(1, 400) n;
-- Besides: keys longer than any that is compared at once, more entries than one stride, a deep document.
insert into body
    select 400 + row_number() over (), format('{"webhook_event":{"id":%s,"event":"lead.commented","data":{"updated_at":"2024-05-01T10:00:00Z","id":1,"x":%s}}}', 400 + row_number() over (), x)
    from (values ('{"' || repeat('k', 70000) || '1":1,"' || repeat('k', 70000) || '0":2,"' || repeat('k', 70000) || '1":3}'),
                 ('[' || repeat('1.5,', 5000) || '{}]'),
                 (repeat('[', 60) || repeat(']', 60)),
                 ('{"a":{},"b":[],"":{"":""}}'),
                 ('{' || (select string_agg('"' || n || '":' || n, ',') from generate_series(1000, 1, -1) n) || '}')) v(x);

select result.outcome, count(*)
from crm_ingest_batch('office_a', (select array_agg(text order by id) from body)) result group by 1;

select count(*) as bodies, count(*) filter (where not record_image_eq(row(e.raw_data), row(b.text::jsonb))) as different
from body b join office_a.lead_changed e on e.id = b.id;

-- An ordinary webhook is stored compressed, which the server itself does only for rows above 2 kB.
select outcome from crm_ingest_batch('office_a', array[webhook(1000, 'lead.commented', 1, '2024-05-01 10:00Z', step(201, 'Incoming')
    || jsonb_build_object('comment_count', 1, 'first_contact_email', 'ana@example.com', 'contact_email', 'ana@example.com'))]);
select pg_column_compression(raw_data), pg_column_size(raw_data) < pg_column_size((raw_data::text)::jsonb) as is_smaller from office_a.lead_changed where id = 1000;

select account, outcome, leads from crm_refresh('office_a');
select * from crm_verify('office_a');
select crm_account_drop('office_a', false);
drop function webhook, step;
drop table body;
drop function random_json, random_text, random_number;
