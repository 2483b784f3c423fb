-- The tables of an account are its owner's: columns that he adds to them stand in the way of nothing.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office', compatible_views => true);
create function comes(number integer) returns table (outcome text) language sql as $$
    select i.outcome from crm_ingest_batch('office', array[
        webhook(10 * number, 'lead.creation', number, '2021-01-10 09:00Z', step(201, 'Incoming', amount => 10)),
        webhook(10 * number + 1, 'lead.step.changed', number, '2021-02-10 09:00Z', step(202, 'Visit', amount => 20)),
        webhook(10 * number + 2, 'account.step.updated', 201, '2021-02-10 09:00Z', jsonb_build_object('name', 'Incoming', 'position', number)),
        webhook(10 * number + 3, 'lead.cloned', number, '2021-02-10 09:00Z'),
        'no json']) i
$$;
select * from comes(1);
select outcome from crm_refresh('office');
do $$
declare relation regclass;
begin
    for relation in select c.oid from pg_class c where c.relnamespace = 'office'::regnamespace and c.relkind = 'r' loop
        execute format('alter table %s add column of_mine text default %L', relation, 'mine');
    end loop;
end $$;
select * from crm_verify('office');
select * from comes(2);
select outcome, message from crm_refresh('office');
select leads from crm_rebuild('office');
select bodies, quarantined from crm_replay('office');
select * from crm_verify('office');
select count(*) from crm_reported_at('office', 'funnel_monthly', now());
select account, lead_id, stage from crm_bi.lead_current order by lead_id;
select account, month, stage, entries from crm_bi.funnel_monthly order by month, stage;
select crm_account_upgrade('office') > 0 as upgraded;
select * from crm_verify('office');
select crm_account_drop('office', false);
drop function comes, webhook, step;
