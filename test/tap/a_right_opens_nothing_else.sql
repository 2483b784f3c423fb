-- PUBLIC has no right on anything; who may ingest into one account can do nothing else, who may read one
-- can do nothing else: every function and every relation there is, tried on that account and on another.
\ir include/extension.psql
select plan(28);

create procedure drop_roles()
language plpgsql as $$
declare
    role text;
begin
    foreach role in array array['tap_gateway', 'tap_reader', 'tap_owner'] loop
        if to_regrole(role) is not null then
            execute format('drop owned by %1$I cascade; drop role %1$I', role);
        end if;
    end loop;
end
$$;
call drop_roles();
create role tap_owner;
create role tap_gateway;
create role tap_reader;
grant create on schema public to tap_owner;

do $$ begin
    perform crm_account_create(account, owner => 'tap_owner', compatible_views => true) from unnest(array['office', 'other']) account;
    call ingest('office', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]);
    call ingest('other', array[webhook(1, 'lead.creation', 7, '2026-01-10T09:00:00Z', step(1))]);
    perform crm_refresh();
    perform crm_secret_add(account) from unnest(array['office', 'other']) account;
    perform crm_grant('office', 'tap_gateway', 'ingest');
    perform crm_grant('office', 'tap_reader', 'read');
end $$;

-- ---------------------------------------------------------------- PUBLIC

create view thing as
select 'schema' as kind, n.oid, n.nspname::text as name, n.nspacl as acl, acldefault('n', n.nspowner) as usual
from pg_namespace n where n.nspname in ('pgcrm', 'crm_bi', 'office', 'other')
union all
select case c.relkind when 'S' then 'sequence' else 'relation' end, c.oid, c.oid::regclass::text, c.relacl,
       acldefault(case c.relkind when 'S' then 's'::"char" else 'r' end, c.relowner)
from pg_class c
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  and (c.relnamespace::regnamespace::text in ('pgcrm', 'crm_bi', 'office', 'other') or c.oid::regclass::text ~ '^(office|other)_')
union all
select 'function', p.oid, p.oid::regprocedure::text, p.proacl, acldefault('f', p.proowner)
from pg_proc p
where p.pronamespace::regnamespace::text in ('crm_bi', 'office', 'other')
   or exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid and e.extname = 'pgcrm'
              where d.refclassid = 'pg_extension'::regclass and d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e');

select set_eq('select distinct kind from thing', array['schema', 'relation', 'sequence', 'function'], 'schemas, relations, sequences and functions are looked at');
select cmp_ok((select count(*) from thing where kind = 'relation'), '>=', 58::bigint, 'all of them');
select set_eq($$select name, a.privilege_type from thing cross join lateral aclexplode(coalesce(acl, usual)) a where a.grantee = 0$$,
              $$select name, case kind when 'schema' then 'USAGE' else 'SELECT' end from thing where name ~ '^crm_bi(\.|$)'$$,
              'PUBLIC may look at crm_bi, which shows each reader what is his, and has no right on anything else');

-- ---------------------------------------------------------------- every function

\ir include/calls.psql
grant select on body to tap_gateway, tap_reader;
create table secret as table body;
select set_eq($$select name from thing where kind = 'function'$$, 'select signature from call', 'every function of the extension is tried');

create table attempt as
select account, signature, format(statement, account) as statement
from call cross join unnest(array['office', 'other']) account;
-- The functions of a view run as whoever reads it.
create view outcome as select account, signature, state_of(statement) as state from attempt;
grant select on outcome to tap_gateway, tap_reader;

set role tap_gateway;
select set_eq($$select account, signature, state from outcome where state <> '42501'$$,
              $$values ('office', 'crm_ingest(text,jsonb)', 'done'), ('office', 'crm_ingest_batch(text,bytea[])', 'done'),
                       ('office', 'crm_ingest_batch(text,text[])', 'done'), ('office', 'crm_ingest_table(text,regclass)', 'done'),
                       ('office', 'crm_gateway_accounts()', 'done'), ('other', 'crm_gateway_accounts()', 'done'),
                       ('office', 'pgcrm.account_statuses()', 'done'), ('other', 'pgcrm.account_statuses()', 'done')$$,
              'who may ingest into an account does that, gets its digests, sees how it is, and nothing else');
select results_eq('select account from pgcrm.account_status', array['office'], 'nor does he see how another one is');
select results_eq('select account, cardinality(digests) from crm_gateway_accounts()', $$values ('office', 1)$$, 'or get the digests of another one');
set role tap_reader;
select set_eq($$select account, signature, state from outcome where state <> '42501'$$,
              $$values ('office', 'crm_verify(text)', 'done'), ('office', 'crm_funnel(text,text,date,date)', 'done'), ('office', 'crm_quarantine(text,text,bigint)', 'done'),
                       ('office', 'crm_reported_at(text,text,timestamp with time zone)', 'done'), ('office', 'pgcrm.reported_at(text,text,timestamp with time zone)', 'done'),
                       ('office', 'pgcrm.account_statuses()', 'done'), ('other', 'pgcrm.account_statuses()', 'done')$$,
              'who may read an account reads it, sees how it is, and nothing else');
select results_eq('select account from pgcrm.account_status', array['office'], 'nor does he see how another one is');
select set_eq('select account, n from (select account, 1 as n from crm_bi.funnel_monthly union all select account, 2 from crm_bi.sales_funnel_monthly
               union all select account, 3 from crm_bi.funnel_monthly_by_owner union all select account, 4 from crm_bi.funnel_amount_monthly
               union all select account, 5 from crm_bi.lead_current) seen',
              $$select 'office', generate_series(1, 5)$$, 'crm_bi shows him that account alone');
reset role;
-- What he asks of the names may say aloud what it sees, while planning or later.
create function peek(name text) returns boolean language plpgsql immutable cost 0.01 as $$
begin if name = 'other' then raise exception 'there is an account "%"', name; end if; return true; end $$;
create function peek_later(name text) returns boolean language plpgsql stable cost 0.01 as $$ begin return peek(name); end $$;
set role tap_reader;
select results_eq('select distinct account from crm_bi.funnel_monthly where peek(account) and peek_later(account)', array['office'], 'nor does he hear of others');
reset role;

-- EXECUTE is not what keeps them away.
select format('grant execute on routine %s to tap_gateway, tap_reader', name) from thing where kind = 'function' \gexec
delete from attempt where statement not like '%' || account || '%' or signature = 'pgcrm.refresh_batch(text)';

set role tap_gateway;
select set_eq($$select account, signature, state from outcome where state <> '42501'$$,
              $$values ('office', 'crm_ingest(text,jsonb)', 'done'), ('office', 'crm_ingest_batch(text,bytea[])', 'done'),
                       ('office', 'crm_ingest_batch(text,text[])', 'done'), ('office', 'crm_ingest_table(text,regclass)', 'done')$$,
              'with EXECUTE on everything the gateway can do no more');
select throws_ok($$select crm_ingest_table('office', 'secret')$$, '42501', 'permission denied for table secret', 'he ingests no table that he may not read');
select throws_ok($$select crm_ingest_table('office', 'office.observation')$$, '42501', null, 'nor one of the account');
select is_empty('select account from pgcrm.usable_accounts() union all select account from crm_refresh()', 'and no account is his to refresh');
select results_eq($$select outcome, message from pgcrm.refresh_batch('office')$$,
                  $$values ('failed', 'permission denied for account "office"')$$, 'nor any batch of one');
set role tap_reader;
select set_eq($$select account, signature, state from outcome where state <> '42501'$$,
              $$values ('office', 'crm_verify(text)', 'done'), ('office', 'crm_funnel(text,text,date,date)', 'done'), ('office', 'crm_quarantine(text,text,bigint)', 'done'),
                       ('office', 'crm_reported_at(text,text,timestamp with time zone)', 'done'), ('office', 'pgcrm.reported_at(text,text,timestamp with time zone)', 'done')$$,
              'nor can the reader');
select is_empty('select account from pgcrm.usable_accounts() union all select account from crm_refresh()', 'and no account is his to refresh');
select is_empty('select account from crm_gateway_accounts()', 'or to post events to');
reset role;

-- ---------------------------------------------------------------- every relation

create table touch as
select t.name as relation, verb,
       format(case verb when 'select' then 'select from %1$s'
                        when 'insert' then 'insert into %1$s default values'
                        when 'update' then 'update %1$s set %2$I = default where false'
                        when 'delete' then 'delete from %1$s where false'
                        when 'trigger' then 'create trigger t before insert on %1$s for each row execute function suppress_redundant_updates_trigger()'
                        when 'drop' then 'drop table %1$s'
                        else verb || ' %1$s' end,
              t.name, (select attname from pg_attribute where attrelid = t.oid and attnum = 1)) as statement
from thing t
join pg_class c on c.oid = t.oid
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'lock', 'trigger', 'drop']) verb
-- who writes to such a view hears first that it cannot be written to
where t.kind = 'relation' and (c.relkind = 'r' or verb = 'select')
union all
select t.name, verb, format(verb, t.name)
from thing t cross join unnest(array['select nextval(%L)', 'select setval(%L, 1)', 'select last_value from %s']) verb
where t.kind = 'sequence'
union all
select t.name, 'create', format('create table %I.mine ()', t.name) from thing t where t.kind = 'schema';
create view touched as select relation, verb, state_of(statement) as state from touch;
grant select on touch, touched to tap_gateway, tap_reader;

set role tap_gateway;
select set_eq($$select relation, verb, state from touched where state <> '42501'$$,
              $$select relation, verb, 'done' from touch
                where verb = 'select' and (relation ~ '^crm_bi\.' or relation in ('pgcrm.account_status', 'pgcrm.ingest_progress'))$$,
              'the gateway touches no table, view, sequence or schema but for the status, the progress of its loads, and crm_bi');
select is_empty('select from crm_bi.lead_current', 'where it sees no account');
select throws_ok(format('select setval(%s, 1)', oid), '42501', null, 'nor does it set a sequence that it finds by number')
from pg_class where relname = 'pending_mark' order by oid;
set role tap_reader;
select set_eq($$select relation, verb, state from touched where state <> '42501'$$,
              $$select relation, verb, 'done' from touch
                where verb = 'select' and (relation ~ '^(office\.|office_|crm_bi\.)' or relation = 'pgcrm.account_status') and relation <> 'office.secret'$$,
              'the reader selects from all of the account but its secrets and from crm_bi, and does nothing else');
reset role;

-- ---------------------------------------------------------------- the secrets of an account

set role tap_reader;
select throws_ok('select digest from office.secret', '42501', 'permission denied for table secret', 'he does not see its secrets');
reset role;
alter default privileges for role tap_owner grant all on tables to tap_reader, public;
select crm_account_create('late', owner => 'tap_owner');
alter default privileges for role tap_owner revoke all on tables from tap_reader, public;
select is_empty($$select a.grantee::regrole from pg_class c cross join lateral aclexplode(c.relacl) a
                  where c.oid = 'late.secret'::regclass and a.grantee <> 'tap_owner'::regrole$$, 'nor by default privileges those of a later one');
select isnt((select relacl from pg_class where oid = 'late.stage'::regclass), null, 'which are there');

do $$ begin perform crm_account_drop(account, false) from unnest(array['office', 'other', 'late']) account; end $$;
call drop_roles();
select is(to_regrole('tap_gateway'), null, 'nothing is left of the roles');
select finish();
