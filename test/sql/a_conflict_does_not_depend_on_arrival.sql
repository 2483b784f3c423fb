-- Two events of one key that mean different things: the one with the newer source time stands, whichever
-- came first, in one batch or in several; the other is in quarantine. Stays, months and stages follow.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('forth'), crm_account_create('back'), crm_account_create('at_once'), crm_account_create('at_last');

create table body (ordinal int, body text);
insert into body values
    (1, webhook(1, 'lead.creation', 7, '2026-01-10 09:00Z', step(201, 'Incoming'))),
    (2, webhook(2, 'lead.step.changed', 7, '2026-02-10 09:00Z', step(202, 'Visit'))),
    (3, webhook(2, 'lead.step.changed', 8, '2025-11-10 09:00Z', step(203, 'Offer'))),
    (4, webhook(2, 'lead.step.changed', 7, '2026-02-10 09:00Z', step(204, 'Contract')));

-- One by one in both orders with a refresh after each, in one batch, and in one batch backwards.
do $$
declare each record;
begin
    for each in select b.body from body b order by ordinal loop
        perform crm_ingest('forth', each.body::jsonb);
        perform crm_refresh('forth');
    end loop;
    for each in select b.body from body b order by ordinal desc loop
        perform crm_ingest('back', each.body::jsonb);
        perform crm_refresh('back');
    end loop;
end $$;
select ordinal, outcome, problems from crm_ingest_batch('at_once', (select array_agg(body order by ordinal) from body));
select ordinal, outcome, problems from crm_ingest_batch('at_last', (select array_agg(body order by ordinal desc) from body));
-- The losers again: duplicates of nothing, conflicts as before.
select ordinal, outcome from crm_ingest_batch('forth', (select array_agg(body order by ordinal) from body));
select account, outcome from crm_refresh() order by 1;

create function state(account text) returns text language plpgsql as $$
declare answer text;
begin
    execute format($query$ select md5(concat(
        (select string_agg(s::text, ',' order by s::text) from %1$I.stage_history s),
        (select string_agg(s::text, ',' order by s::text) from %1$I.stage s),
        (select string_agg(f::text, ',' order by f::text) from %1$I.funnel_monthly f),
        (select string_agg((o.lead_id, o.origin, o.event_id, o.occurred_at, o.stage_id)::text, ',' order by o.event_id) from %1$I.observation o),
        (select string_agg(convert_from(q.body, 'UTF8'), ',' order by q.digest) from %1$I.quarantine q),
        (select (a.first_observed_at, a.last_observed_at)::text from %1$I.account a))) $query$, account) into answer;
    return answer;
end $$;
select count(distinct state(account)) as states from pgcrm.account;
select account, v.* from pgcrm.account a, crm_verify(a.account) v;
select lead_id, stage_id, outcome from forth.stage_history order by 1, entered_at;
select stage_id, name from forth.stage order by 1;
select first_observed_at at time zone 'UTC' as first, last_observed_at at time zone 'UTC' as last from forth.account;
select count(*) as bodies, sum(times) as times from back.quarantine;

-- A rebuild from the events comes to the same, also when the events were replaced just before.
select outcome from crm_ingest('back', webhook(2, 'lead.step.changed', 8, '2026-03-10 09:00Z', step(205, 'Closing'))::jsonb);
select leads, observations from crm_rebuild('back');
select * from crm_verify('back');
select outcome from crm_ingest('forth', webhook(2, 'lead.step.changed', 8, '2026-03-10 09:00Z', step(205, 'Closing'))::jsonb);
select outcome from crm_refresh('forth');
select state('forth') = state('back') as is_the_same;
select a.account, i.outcome from pgcrm.account a, crm_ingest(a.account, webhook(2, 'lead.step.changed', 8, '2026-03-10 09:00Z', step(205, 'Closing'))::jsonb) i order by 1;
select count(outcome) from crm_refresh();
select leads, observations from crm_rebuild('back');
select count(distinct state(account)) as states from pgcrm.account;

select count(crm_account_drop(account, false)) from (select account from pgcrm.account offset 0) a;
drop table body;
drop function webhook, step, state;
