-- Changes of months that had been reported are kept; so what was reported at any time can be told again.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
create function told(mart text) returns table (month date, cell jsonb, measure text, value numeric) language sql as $$
    select f.month, jsonb_build_object('stage_id', f.stage_id), v.measure, v.value from office.funnel_monthly f, lateral (values ('entries', f.entries), ('first_entries', f.first_entries),
        ('reopened_in_place', f.reopened_in_place), ('leads', f.leads)) v(measure, value) where mart = 'funnel_monthly' and v.value <> 0
    union all
    select f.month, jsonb_build_object('stage_id', f.stage_id, 'owner', f.owner), v.measure, v.value from office.funnel_monthly_by_owner f, lateral (values ('entries', f.entries), ('first_entries', f.first_entries),
        ('reopened_in_place', f.reopened_in_place), ('leads', f.leads)) v(measure, value) where mart = 'funnel_monthly_by_owner' and v.value <> 0
    union all
    select f.month, jsonb_build_object('stage_id', f.stage_id, 'currency', f.currency), v.measure, v.value from office.funnel_amount_monthly f, lateral (values ('entries', f.entries), ('first_entries', f.first_entries),
        ('entry_amount', f.entry_amount), ('first_entry_amount', f.first_entry_amount)) v(measure, value) where mart = 'funnel_amount_monthly' and v.value <> 0
$$;

-- The numbers after each refresh, to be compared in the end.
create table seen (at timestamptz, mart text, month date, cell jsonb, measure text, value numeric);
create procedure look() language plpgsql as $$
declare at timestamptz;
begin
    perform crm_refresh('office');
    at := clock_timestamp();
    insert into seen select at, m, t.* from unnest(array['funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly']) m, told(m) t;
end $$;

-- An idle account reports nothing: its past comes first, and is no change of anything.
select outcome, leads from crm_refresh('office');
select outcome, leads from crm_refresh('office');
select count(*) from office.reported;
select outcome from crm_ingest_batch('office', array[webhook(200, 'lead.creation', 99, '2020-12-10 09:00Z', step(201, 'Incoming', amount => 1))]);
select outcome, leads from crm_refresh('office');
select run_id, through_month < current_date as is_past from office.reported;
select count(*) from office.restatement;
select outcome, leads from crm_refresh('office');
select count(*) from office.reported;

-- From then on all months before this one are.
select outcome, count(*) from crm_ingest_batch('office', (select array_agg(webhook(n, 'lead.creation', n, '2021-01-10 09:00Z'::timestamptz + n * interval '5 days', step(201, 'Incoming', amount => 10 * n))) from generate_series(1, 10) n)) group by 1;
call look();
select mart, month, cell, measure, sum(delta) as delta, count(distinct lead_id) as leads, cause from office.restatement where mart = 'funnel_amount_monthly' group by 1, 2, 3, 4, 7 order by 2, 4, 3;

-- Late events, an owner who was another, a lead that was never there, and a change of zone that moves a month.
select outcome from crm_ingest_batch('office', array[
    webhook(101, 'lead.step.changed', 1, '2021-01-12 09:00Z', step(202, 'Offer', amount => 11)),
    webhook(102, 'lead.creation', 11, '2021-01-31 23:30Z', step(201, 'Incoming', amount => 7))]);
call look();
select outcome from crm_ingest_batch('office', array[
    webhook(103, 'lead.assigned', 2, '2021-01-19 09:00Z', step(201, 'Incoming', amount => 20) || '{"user": {"email": "bo@example.com"}}'),
    webhook(104, 'lead.step.changed', 2, '2021-01-25 09:00Z', step(202, 'Offer', amount => 21) || '{"user": {"email": "bo@example.com"}}'),
    webhook(105, 'lead.deleted', 3, '2021-03-01 09:00Z')]);
call look();
select crm_account_alter('office', time_zone => 'Asia/Tokyo');
call look();
select crm_account_alter('office', count_deleted_leads => false);
call look();
select * from crm_verify('office');
select run_id, cause, count(distinct lead_id) as leads, count(*) from office.restatement group by 1, 2 order by 1, 2;

-- What is told of each time is what was seen then, cell for cell.
select count(*) > 100 as rows_seen, count(distinct at) as times from seen;
select s.at is null as only_told, s.mart, t.* from (select distinct at, mart from seen) times
cross join lateral crm_reported_at('office', times.mart, times.at) t
full join seen s on (s.at, s.mart, s.month, s.cell, s.measure, s.value) = (times.at, times.mart, t.month, t.cell, t.measure, t.value)
where t.month is null or s.at is null limit 20;
select count(*) from crm_reported_at('office', 'funnel_monthly', '2020-01-01');
select crm_reported_at('office', 'sales', now());

-- Nothing is reported before the account says so.
select crm_account_create('mill');
update mill.account set reported_from = '2099-01-01';
select outcome from crm_ingest_batch('mill', array[webhook(1, 'lead.creation', 1, '2021-01-12 09:00Z', step(202, 'Offer'))]);
select outcome from crm_refresh('mill');
select outcome from crm_ingest_batch('mill', array[webhook(2, 'lead.creation', 2, '2021-01-12 09:00Z', step(202, 'Offer'))]);
select outcome from crm_refresh('mill');
select (select count(*) from mill.reported) as reported, (select count(*) from mill.restatement) as restated;

select crm_account_drop('office', keep_data => false), crm_account_drop('mill', keep_data => false);
drop table seen;
drop procedure look;
drop function webhook, step, told;
