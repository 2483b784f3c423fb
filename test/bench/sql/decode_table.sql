-- The first bodies as text, and the server's way to the columns of step_changed: one parse into
-- jsonb, which is raw_data as well, two jsonb_to_record with their casts. Every column is looked at.
create table rig.text_body (line integer primary key, body text not null);
insert into rig.text_body
select line, convert_from(body, 'UTF8')
from rig.body
where line <= 20000;

create function rig.decoded_by_server(bodies integer)
returns bigint
language sql stable
return (
    select count(t.raw_data)
         + count(w.id) + count(w.event) + count(w.signature) + count(w.has_succeeded) + count(w.try_count)
         + count(w.last_returned_code)
         + count(d.id) + count(d.title) + count(d.status) + count(d.step) + count(d.amount) + count(d.created_at)
         + count(d.updated_at) + count(lower(btrim(d."user" ->> 'email'))) + count(d.permalink) + count(d.step_id)
         + count(d.pipeline) + count(d.currency)
    from (select body::jsonb as raw_data
          from rig.text_body
          where line <= bodies
          -- Or the cast would be written into every place that uses it, and done each time.
          offset 0) t,
         jsonb_to_record(t.raw_data -> 'webhook_event') as w (
             id bigint, event text, signature text, has_succeeded boolean, try_count integer,
             last_returned_code integer, data jsonb),
         jsonb_to_record(w.data) as d (
             id bigint, title text, status text, step text, amount numeric, created_at timestamptz,
             updated_at timestamptz, "user" jsonb, permalink text, step_id bigint, pipeline text, currency text)
);
vacuum (freeze, analyze) rig.text_body;
-- Hint bits and pages are written before somebody counts.
checkpoint;
