-- A secret is shown when it is made and kept as a digest only; it ends when it is told to, and the gateway is
-- given those that are valid now.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
set timezone = 'UTC';
select crm_account_create('office'), crm_account_create('branch');

create temp table shown as select * from crm_secret_add('office', 'the CRM');
insert into shown select * from crm_secret_add('office');
select secret_id, secret ~ '^pgcrm_[A-Za-z0-9_-]{43}$' as is_a_secret, count(*) over (partition by secret) from shown order by 1;

-- What is kept, and what is not: no text, anywhere.
select s.secret_id, s.digest = sha256(convert_to(t.secret, 'UTF8')) as is_its_digest, s.note, s.added_by = current_user as by_me,
       s.added_at <= now() as before_now, s.valid_until, position(t.secret in s::text) as text_is_at
from office.secret s join shown t using (secret_id) order by 1;

-- The gateway gets all accounts; one without secrets as well.
create function for_the_gateway(out account text, out secrets bigint[], out valid_seconds double precision[])
returns setof record language sql as $$
    select g.account, array(select t.secret_id from unnest(g.digests) with ordinality d(digest, place)
                            join shown t on sha256(convert_to(t.secret, 'UTF8')) = d.digest order by d.place), g.valid_seconds
    from crm_gateway_accounts() g order by 1
$$;
select * from for_the_gateway();

-- An overlap, in which both are valid; a later end does not prolong it, an earlier one shortens it.
begin;
select crm_secret_revoke('office', 1, '1 hour') = now() + interval '1 hour' as in_an_hour;
select * from for_the_gateway();
select crm_secret_revoke('office', 1, '1 month') = now() + interval '1 hour' as in_an_hour;
select crm_secret_revoke('office', 1, '1 minute') = now() + interval '1 minute' as in_a_minute;
select crm_secret_revoke('office', 1) = now() as now;
select * from for_the_gateway();
select crm_secret_revoke('office', 1, '1 day') = now() as now;
commit;
select * from for_the_gateway();
select secret_id, note, valid_until < now() as has_ended from office.secret order by 1;

-- Ends that a person wrote.
update office.secret set valid_until = 'infinity' where secret_id = 1;
update office.secret set valid_until = '-infinity' where secret_id = 2;
select * from for_the_gateway();
select crm_secret_revoke('office', 2, '1 day');
update office.secret set valid_until = null where secret_id = 2;

-- Mistakes.
select crm_secret_add('nobody');
\echo :SQLSTATE
select crm_secret_add(null);
\echo :SQLSTATE
select crm_secret_revoke('office', 3);
\echo :SQLSTATE
select crm_secret_revoke('office', 1, '-1 second');
\echo :SQLSTATE
select crm_secret_revoke('office', 1, '300000 years');
\echo :SQLSTATE
select crm_secret_revoke('office', null), crm_secret_revoke('office', 1, null);
begin isolation level repeatable read;
select crm_secret_add('office');
\echo :SQLSTATE
rollback;
\set VERBOSITY terse
insert into office.secret (digest, added_at, added_by) values ('short', now(), 'me');
\echo :SQLSTATE
\set VERBOSITY default

-- At most 16 that are valid.
do $$ begin for n in 1 .. 14 loop perform crm_secret_add('office', 'number ' || n); end loop; end $$;
select secret is not null as made from crm_secret_add('office');
\echo :SQLSTATE
do $$ begin perform crm_secret_revoke('office', 1); end $$;
select secret is not null as made from crm_secret_add('office');
select secret is not null as made from crm_secret_add('office');
\echo :SQLSTATE

-- An account that cannot be read has nulls, and the others are there.
do $$ begin
    perform crm_account_create(account), crm_secret_add(account) from unnest(array['gone', 'newer', 'torn', 'rowless', 'viewed']) account;
end $$;
drop schema gone cascade;
update newer.account set layout_version = 99;
drop table torn.secret;
delete from rowless.account;
alter table viewed.secret rename to real;
create view viewed.secret as select ''::bytea as digest, null::timestamptz as valid_until, 1 as secret_id;
select account, cardinality(digests) from crm_gateway_accounts() order by 1;

do $$ begin
    perform crm_account_drop(account, keep_data => false) from unnest(array['gone', 'newer', 'torn', 'rowless', 'viewed', 'office', 'branch']) account;
end $$;
select * from crm_gateway_accounts();
drop function webhook, step, for_the_gateway;
drop table shown;
