-- A session that works on many accounts keeps the plans of some: making room for others changes no result. While plans
-- are in use, because a trigger of one account works on others, none is let go.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
do $$ begin for i in 1..30 loop perform crm_account_create('plan_' || i); end loop; end $$;
create table kept (plans bigint, said_by text);
create procedure look(said_by text) language sql as $$
    insert into public.kept select count(*), said_by from pg_backend_memory_contexts m where m.name = 'CachedPlanSource'
$$;

create procedure work(id bigint, stage integer) language plpgsql as $$
declare
    office text;
begin
    for office in select a.account from pgcrm.account a order by 1 loop
        perform crm_ingest(office, webhook(id, 'lead.step.changed', 7, '2021-01-10 09:00Z'::timestamptz + id * interval '1 day', step(stage, 'Step ' || stage))::jsonb);
        perform crm_refresh(office);
        call look('work');
    end loop;
end $$;
create view cells as select account, sum(entries) as entries from crm_bi.funnel_monthly group by account;

-- The bound is 512; some plans are other people's.
call work(1, 201);
call work(2, 202);
call work(3, 203);
select max(plans) between 400 and 560 as comes_to_the_bound, count(*) filter (where plans < 150) > 0 as makes_room from kept;
select count(*) as accounts, min(entries), max(entries) from cells;

-- Each event of one account makes an event of all others, with a refresh, while it is being written.
create function plan_1.passes_on() returns trigger language plpgsql as $$
declare
    office text;
begin
    for office in select a.account from pgcrm.account a where a.account <> 'plan_1' order by 1 loop
        perform public.crm_ingest(office, new.raw_data);
        perform public.crm_refresh(office);
    end loop;
    call public.look('trigger');
    return new;
end $$;
create trigger passes_on after insert on plan_1.step_changed for each row execute function plan_1.passes_on();
select outcome from crm_ingest_batch('plan_1', array[
    webhook(4, 'lead.step.changed', 7, '2021-02-10 09:00Z', step(204, 'Offer')),
    webhook(5, 'lead.step.changed', 7, '2021-02-11 09:00Z', step(205, 'Closing')),
    webhook(6, 'lead.step.changed', 8, '2021-02-11 09:00Z', step(205, 'Closing'))]);
select outcome, leads from crm_refresh('plan_1');
select min(plans) > 560 as goes_beyond from kept where said_by = 'trigger';
select count(*) as accounts, min(entries), max(entries) from cells;

-- Nothing is in use any more.
drop trigger passes_on on plan_1.step_changed;
truncate kept;
call work(7, 206);
select min(plans) < 560 as makes_room from kept;
select count(*) as accounts, min(entries), max(entries) from cells;
select a.account, v.* from pgcrm.account a, crm_verify(a.account) v;

do $$ begin for i in 1..30 loop perform crm_account_drop('plan_' || i, false); commit; end loop; end $$;
drop view cells;
drop table kept;
drop procedure work, look;
drop function webhook, step;
