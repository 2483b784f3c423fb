-- Schema crm_bi, or a view in it, that was there before the extension and is somebody else's would be his door to whoever
-- reads: the extension is not made. What its own owner had made of that name becomes the extension's.
\set VERBOSITY default
set client_min_messages = warning;
drop extension if exists pgcrm;
create role squatter;
select format('grant create on database %I to squatter', current_database()) \gexec
set role squatter;
create schema crm_bi;
reset role;
create extension pgcrm;
\echo :SQLSTATE
alter schema crm_bi owner to current_user;
grant create on schema crm_bi to squatter;
set role squatter;
create view crm_bi.funnel_monthly as select 'mine'::text as account;
reset role;
create extension pgcrm;
\echo :SQLSTATE
alter view crm_bi.funnel_monthly owner to current_user;
revoke create on schema crm_bi from squatter;
create extension pgcrm;
select c.relname, pg_get_userbyid(c.relowner) = current_user as is_ours, d.deptype = 'e' as is_member
from pg_class c left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_extension'::regclass
where c.relnamespace = 'crm_bi'::regnamespace and c.relkind <> 'i' order by 1;
select account from crm_bi.funnel_monthly;

-- A view of one's own may stand in it, and holds up DROP EXTENSION.
create view crm_bi.mine as select 1 as one;
drop extension pgcrm;
\echo :SQLSTATE
drop view crm_bi.mine;
drop extension pgcrm;
select to_regnamespace('crm_bi');
drop owned by squatter;
drop role squatter;
