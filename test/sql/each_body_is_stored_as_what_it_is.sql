-- A batch tells for each body, in order, what became of it; a bad one fails nobody.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');

select ordinal, outcome, stream, event_id, problems from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming')),
    webhook(2, 'lead.step.changed.to.Sales.Offer', 7, '2026-01-11 09:00Z', step(203, 'Offer')),
    webhook(2, 'lead.step.changed.to.Sales.Offer', 7, '2026-01-11 09:00Z', step(203, 'Offer')),
    webhook(3, 'lead.deleted', 7, '2026-01-12 09:00Z'),
    webhook(4, 'prospect.created', 3002, '2026-01-12 09:00Z'),
    '{"webhook_event": {"id": 5, "event": "lead.step.changed", "data": {"id": "seven", "updated_at": "yesterday"}}}',
    webhook(6, 'lead.status.changed', 7, '2026-01-12 09:00Z', '{"status": "frozen"}'),
    '{"webhook_event": {"id": 7',
    '[1, 2]',
    '{"webhook_event": {"id": 8, "event": "lead.deleted", "data": {"id": 9, "title": "\u0000"}}}',
    '',
    null]);

-- Again: nothing new, and what is bad is counted, not repeated.
select ordinal, outcome from crm_ingest_batch('office', array[
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming')),
    webhook(4, 'prospect.created', 3002, '2026-01-12 09:00Z'),
    '[1, 2]']);
select convert_from(body, 'UTF8') as body, times from office.quarantine where body = '[1, 2]';
select event, event_id, times from office.other_event;

-- A delivery counter may differ; other content under the same id is a conflict, and is kept.
select outcome, problems from crm_ingest('office',
    jsonb_set(webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming'))::jsonb, '{webhook_event,try_count}', '5'));
select outcome, problems from crm_ingest('office',
    webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(202, 'Visit'))::jsonb);

-- Bytes of another encoding are a bad body as well.
select outcome, problems from crm_ingest_batch('office', array['\x7b22e1f1'::bytea]);

select lead_id, kind, event_id, stage_id, status, said & 1 <> 0 as amount_said, said & 4 <> 0 as owner_said from office.observation order by occurred_at;
select lead_id, count(*) from office.pending group by lead_id;

select crm_account_drop('office', keep_data => false);
drop function webhook, step;
