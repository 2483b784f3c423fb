-- Beyond 32 accounts each view of crm_bi is made of parts: an account that comes or goes touches its own part only, and
-- whoever reads notices nothing.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
do $$ begin for i in 1..32 loop perform crm_account_create('many_' || i); end loop; end $$;
create view part as select c.oid, c.relname::text as name from pg_class c where c.relnamespace = 'crm_bi'::regnamespace and c.relname like 'part%';
select count(*) as parts from part;
select count(*) as accounts from (select crm_ingest(a.account, webhook(1, 'lead.creation', 7, '2021-01-10 09:00Z', step(201, 'Incoming', amount => 5))::jsonb) from pgcrm.account a) i;
select outcome, count(*) from crm_refresh() group by 1;
create function shown() returns table (view text, account text, entries bigint) language sql as $$
select 'funnel_monthly', account, entries from crm_bi.funnel_monthly
union all select 'funnel_monthly_by_owner', account, entries from crm_bi.funnel_monthly_by_owner
union all select 'funnel_amount_monthly', account, entries from crm_bi.funnel_amount_monthly
union all select 'lead_current', account, 1 from crm_bi.lead_current
union all select 'sales_funnel_monthly', account, deals_count from crm_bi.sales_funnel_monthly
$$;
select view, count(distinct account) as accounts, sum(entries) from shown() group by 1 order by 1;

-- One more.
create role many_reader;
select crm_grant('many_7', 'many_reader', 'read');
select crm_account_create('many_33');
select count(*) as parts from part;
select view, count(distinct account) as accounts, sum(entries) from shown() group by 1 order by 1;
select c.relname, count(*) as columns, count(*) filter (where a.atttypid <> b.atttypid or a.attname <> b.attname or a.atttypmod <> b.atttypmod) as others
from pg_class c join pg_attribute a on a.attrelid = c.oid
left join pg_attribute b on b.attnum = a.attnum and b.attrelid = ('crm_bi.part_1_of_' || c.relname)::regclass
where c.relnamespace = 'crm_bi'::regnamespace and c.relkind = 'v' and c.relname not like 'part%' group by 1 order by 1;

-- A reader sees his account, and no part; of one account only its tables are read.
set role many_reader;
select account, entries from crm_bi.funnel_monthly;
select bool_or(has_table_privilege(oid, 'select')) as sees_parts from pg_class where relnamespace = 'crm_bi'::regnamespace and relname like 'part%';
reset role;
create function tables_read(query text) returns setof text language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json, verbose) ' || query into plan;
    return query select distinct m[1] from regexp_matches(plan::text, '"Schema": "([a-z_0-9]+)"', 'g') m order by 1;
end $$;
select * from tables_read($$select * from crm_bi.funnel_monthly where account = 'many_7'$$);

-- The next one touches its own part and the five views over the parts.
create table before as select w.ev_class, w.xmin::text as made_by from pg_rewrite w join pg_class c on c.oid = w.ev_class where c.relnamespace = 'crm_bi'::regnamespace;
select crm_account_create('many_34');
create view remade as
select case when c.relname like 'part%' then 'of one part' else 'over parts' end as views, count(*), count(distinct substring(c.relname from 'part_[0-9]+')) as parts
from pg_rewrite w join pg_class c on c.oid = w.ev_class join before b on b.ev_class = w.ev_class and b.made_by <> w.xmin::text
group by 1;
select * from remade order by 1;

-- A table that is not what it was takes its account out, wherever the next one goes.
alter table many_9.stage rename to mislaid;
select crm_account_drop('many_34', false);
select count(distinct account) as accounts, bool_or(account = 'many_9') as with_the_broken from crm_bi.lead_current;
alter table many_9.mislaid rename to stage;
-- A schema dropped by hand takes its part along, and the views over it.
drop schema many_10 cascade;
select to_regclass('crm_bi.funnel_monthly'), count(*) as parts from part;
select outcome, count(*) from crm_refresh() group by 1 order by 1;
select view, count(distinct account) as accounts, sum(entries) from shown() group by 1 order by 1;

-- With 32 there are no parts any more.
select crm_account_drop('many_10', false);
select count(*) as parts from part;
select view, count(distinct account) as accounts, sum(entries) from shown() group by 1 order by 1;
select a.account, v.* from pgcrm.account a, crm_verify(a.account) v;
do $$ declare name text; begin for name in select a.account from pgcrm.account a loop perform crm_account_drop(name, false); commit; end loop; end $$;
drop view part, remade;
drop table before;
drop function tables_read, shown;
drop function webhook, step;
drop owned by many_reader;
drop role many_reader;
