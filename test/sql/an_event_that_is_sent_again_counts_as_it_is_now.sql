-- An event that somebody has deleted by hand leaves its observation behind. When it is sent again, corrected, what it says now counts,
-- alone and in a batch with others.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
create function send(variadic bodies text[]) returns setof text language sql as $$
    select outcome from crm_ingest_batch('office', bodies) order by ordinal
$$;
select send(webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming', amount => 10)),
            webhook(2, 'lead.step.changed', 7, '2026-02-20 09:00Z', step(203, 'Offre', amount => 20)));
select outcome from crm_refresh('office');

delete from office.step_changed where id = 2;
select send(webhook(2, 'lead.step.changed', 7, '2026-03-01 09:00Z', step(202, 'Visit', amount => 25)));
select outcome from crm_refresh('office');
select stage_id, amount from office.observation where event_id = '2';
select stage_id, amount, last_observed_at at time zone 'UTC' as last from office.lead_current, office.account;
select stage_id, name from office.stage order by 1;
select * from crm_verify('office');

delete from office.step_changed where id = 2;
select send(webhook(3, 'lead.step.changed', 8, '2026-01-11 09:00Z', step(201, 'Incoming')),
            webhook(2, 'lead.step.changed', 7, '2026-02-01 09:00Z', step(203, 'Offer', amount => 30)), 'no JSON',
            webhook(4, 'lead.step.changed', 7, '2026-02-02 09:00Z', step(204, 'Contract')));
select outcome from crm_refresh('office');
select lead_id, event_id, stage_id, stage, amount from office.observation order by event_id;
select last_observed_at at time zone 'UTC' as last from office.account;
select * from crm_verify('office');
select leads, stays_written from crm_rebuild('office');

select crm_account_drop('office', keep_data => false);
drop function webhook, step, send;
