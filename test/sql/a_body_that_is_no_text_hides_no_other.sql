-- crm_quarantine shows each body as what it is: text, or escaped bytes.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select ordinal, outcome from crm_ingest_batch('office', array['no json at all', 'caf' || E'\\351'::bytea, E'\\001\\000\\\\ \\377'::bytea,
    convert_to('¡casa! \ ', 'UTF8'), '', convert_to(webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', '{"status": 5, "step_id": "x"}'), 'UTF8')]::bytea[]);
select outcome from crm_ingest_batch('office', array['caf' || E'\\351'::bytea]::bytea[]);

-- what a client would write without it
select convert_from(body, 'UTF8') from office.quarantine;
select stream, is_text, left(body, 20) as body, times from crm_quarantine('office') order by body collate "C";
select bool_and(case when q.is_text then convert_to(q.body, 'UTF8') else decode(q.body, 'escape') end = o.body
                and sha256(o.body) = o.digest and (q.problems, q.times, q.first_received_at, q.last_received_at) = (o.problems, o.times, o.first_received_at, o.last_received_at)) as same, count(*)
from crm_quarantine('office', most => null) q join office.quarantine o on encode(o.digest, 'hex') = q.digest;

-- of one stream, those that came last first, no more than asked for
select stream, problems[1] from crm_quarantine('office', stream => 'lead_created');
select is_text, body, times from crm_quarantine('office', most => 1);
select count(*) from crm_quarantine('office', most => 0);
select count(*) from crm_quarantine('office', 'nobodys');
select count(*) from crm_quarantine('office', most => -1);
select count(*) from crm_quarantine(null);
select count(*) from crm_quarantine('nobodys');

-- Who may read the account may read it, and nobody else.
create role tap_other;
create role tap_reader;
select crm_grant('office', 'tap_reader', 'read');
grant execute on function crm_quarantine to tap_other;
set role tap_reader;
select count(*) from crm_quarantine('office');
set role tap_other;
select count(*) from crm_quarantine('office');
reset role;
select crm_account_drop('office', keep_data => false);
drop owned by tap_other, tap_reader;
drop role tap_other, tap_reader;
drop function webhook, step;
