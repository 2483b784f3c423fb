-- crm_bi is a handful of relations, however many accounts there are: each account's own numbers are in it, a reader sees
-- the accounts that are his to read, and of an account only what is asked for is read.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
create view face as
select c.oid, c.relname::text as name, c.xmin::text as version from pg_class c where c.relnamespace = 'crm_bi'::regnamespace and c.relkind <> 'i'
union all select c.oid, 'pgcrm.' || c.relname, c.xmin::text from pg_class c where c.relnamespace = 'pgcrm'::regnamespace and c.relkind = 'f';
create table before as table face;
do $$ begin for i in 1..34 loop perform crm_account_create('many_' || i); commit; end loop; end $$;

-- The account with number n gets n leads.
select count(*) as stored from generate_series(1, 34) n, generate_series(1, n) lead,
    crm_ingest('many_' || n, webhook(lead, 'lead.creation', lead, '2021-01-10 09:00Z', step(201, 'Incoming', amount => n))::jsonb) i where outcome = 'stored';
select outcome, count(*) from crm_refresh() group by 1;
create function shown() returns table (relation text, account text, leads bigint) language sql as $$
select 'funnel_monthly', account, entries from crm_bi.funnel_monthly
union all select 'funnel_monthly_by_owner', account, entries from crm_bi.funnel_monthly_by_owner
union all select 'funnel_amount_monthly', account, (entry_amount / substring(account from '[0-9]+')::bigint)::bigint from crm_bi.funnel_amount_monthly
union all select 'lead_current', account, count(*) from crm_bi.lead_current group by account
union all select 'sales_funnel_monthly', account, deals_count from crm_bi.sales_funnel_monthly
$$;
select relation, count(*) as accounts, count(*) filter (where leads = substring(account from '[0-9]+')::bigint) as right, sum(leads) from shown() group by 1 order by 1;

-- No account that was made has touched a relation.
select name from face order by 1;
select count(*) as touched from face f full join before b using (oid) where f.version is distinct from b.version;

-- What a plan says: the accounts, and what they are asked.
create function opened(query text) returns setof text language plpgsql as $$
declare line text;
begin
    for line in execute 'explain (analyze, costs off, timing off, summary off) ' || query loop
        if line ~ 'Account' then return next ltrim(line); end if;
    end loop;
end $$;
create role many_reader;
select crm_grant(a, 'many_reader', 'read') from unnest(array['many_7', 'many_8', 'many_9']) a;
set role many_reader;
select account, entries, leads from crm_bi.funnel_monthly order by 1;
explain (costs off) select * from crm_bi.funnel_monthly;
explain (costs off) select * from crm_bi.funnel_monthly where account = 'many_7' and month >= '2020-01-01' and stage_id in ('201', '202') and stage like 'In%';
explain (costs off) select * from crm_bi.lead_current where account like 'many%' and closed_at is null limit 3;
select * from opened($$select count(*) from crm_bi.lead_current where account = 'many_8' and lead_id <> '1'$$);
select * from opened($$select exists (select from crm_bi.lead_current where lead_id = '1')$$);
\pset format unaligned
explain (verbose, costs off) select lead_id, owner from crm_bi.lead_current where account = 'many_9' and amount > 5;
\pset format aligned
-- A condition that goes down means what it means here.
select account, lead_id from crm_bi.lead_current where lead_id > '7' collate "C" and status = 'open' order by 1, 2;
select account, count(*) from crm_bi.lead_current where lead_id = any (array['1', '8', null]) and deleted_at is null and account <> 'many_7' group by 1 order by 1;
select a.account, l.lead_id, l.owner from (values ('many_7', '7'), ('many_8', '8'), ('many_9', '10'), ('many_10', '10')) a(account, lead)
    join crm_bi.lead_current l on l.account = a.account and l.lead_id = a.lead order by 1;
-- A reader's cursor stays where it is while savepoints come and go, and he needs to write nothing.
begin isolation level serializable read only;
declare leads cursor for select account from crm_bi.lead_current;
fetch 7 from leads;
savepoint before;
move 7 from leads;
select 1 / 0;
rollback to before;
fetch 2 from leads;
commit;
reset role;

-- An account that cannot be opened is left out with a warning, and comes back.
alter table many_9.stage rename to mislaid;
select count(distinct account) as accounts, bool_or(account = 'many_9') as with_the_broken from crm_bi.lead_current;
select account, leads from crm_bi.funnel_monthly where account = 'many_9';
select account, leads from crm_bi.funnel_monthly where account in ('many_8', 'many_10') order by 1;
alter table many_9.mislaid rename to stage;
alter table many_9.funnel_monthly alter column entries type text;
select account, entries from crm_bi.funnel_monthly where account in ('many_8', 'many_9');
-- Whoever does not ask for the column reads the rest.
select account, won from crm_bi.funnel_monthly where account = 'many_9';
alter table many_9.funnel_monthly alter column entries type bigint using entries::bigint;
select account, leads from crm_bi.funnel_monthly where account = 'many_9';
-- So is one whose schema was dropped by hand, without a word: nothing of it is left.
drop schema many_10 cascade;
select relation, count(*) as accounts from shown() group by 1 order by 1;

-- Nobody writes through it.
insert into crm_bi.lead_current (account, lead_id) values ('many_1', '99');
\echo :SQLSTATE
delete from crm_bi.funnel_monthly;
\echo :SQLSTATE

do $$ declare name text; begin for name in select a.account from pgcrm.account a loop perform crm_account_drop(name, false); commit; end loop; end $$;
select count(*) as touched from face f full join before b using (oid) where f.version is distinct from b.version;
select * from shown();
drop view face;
drop table before;
drop function shown, opened;
drop function webhook, step;
drop owned by many_reader;
drop role many_reader;
