-- An account that cannot be opened is left out of crm_bi with a warning, whatever its owner has made of it; the others are
-- there, and the reader's session goes on. Rows that were given cannot be taken back: what fails after an account's first
-- thousand rows fails the reader's query, and he can leave the account out by its name.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
create role bi_owner;
create role bi_reader;
grant create on schema public to bi_owner;
do $$ begin
    perform crm_account_create('broken', owner => 'bi_owner');
    perform crm_account_create('whole');
    perform crm_ingest_batch(a.account, array(select webhook(g, 'lead.creation', g, '2021-01-10 09:00Z', step(201, 'Incoming')) from generate_series(1, 1500) g)) from pgcrm.account a;
    perform crm_refresh();
    perform crm_grant('broken', 'bi_reader', 'read');
end $$;
create view shown as select account, count(*) as leads, count(distinct lead_id) as different from crm_bi.lead_current group by 1 order by 1;
select * from shown;

-- Views and functions of the owner in place of a table, one after the other.
create function owners_code(what text, lead_id text) returns text language plpgsql as $$
begin
    case what
        when 'raises' then raise exception 'not to you' using errcode = 'invalid_parameter_value';
        when 'pretends a shutdown' then raise exception 'gone' using errcode = 'admin_shutdown';
        when 'pretends a full disk' then raise exception 'full' using errcode = 'disk_full';
        when 'recurses' then return broken.owners_code(what, lead_id);
        when 'reads crm_bi' then return (select min(l.lead_id) from crm_bi.lead_current l where l.account = 'broken');
        when 'says much' then raise exception '%', repeat('à', 1000000);
        when 'sets the role' then execute 'set role none';
        when 'ends the transaction' then commit;
        when 'changes settings' then perform set_config('search_path', 'broken', false), set_config('row_security', 'off', false), set_config('role', 'none', false);
        when 'raises late' then if lead_id > '99' then raise exception 'not the last one' using errcode = 'invalid_parameter_value'; end if;
    end case;
    return lead_id;
end $$;
alter function owners_code set schema broken;
create procedure put_in_place(what text) language plpgsql as $$
begin
    execute 'set local role bi_owner';
    if to_regclass('broken.real_lead') is null then
        alter table broken.lead_current rename to real_lead;
    end if;
    execute format('create or replace view broken.lead_current as select broken.owners_code(%L, lead_id) as lead_id, stage_id, pipeline, entered_at, status, amount, currency, owner,'
                   ' created_at, closed_at, deleted_at from broken.real_lead order by real_lead.lead_id', what);
    reset role;
end $$;
set client_min_messages = notice;
call put_in_place('raises');
select * from shown;
call put_in_place('pretends a shutdown');
select * from shown;
call put_in_place('pretends a full disk');
select * from shown;
call put_in_place('says much');
select * from shown;
call put_in_place('sets the role');
select * from shown;
call put_in_place('ends the transaction');
select * from shown;
call put_in_place('changes settings');
select * from shown;
select current_user = session_user as is_himself, current_setting('search_path'), current_setting('row_security');
-- how deep it goes is the server's to say
set client_min_messages = error;
call put_in_place('recurses');
select * from shown;
call put_in_place('reads crm_bi');
select * from shown where account = 'whole';
set client_min_messages = notice;

-- After the first thousand.
call put_in_place('raises late');
\set SHOW_CONTEXT errors
select * from shown;
\set SHOW_CONTEXT never
select * from shown where account <> 'broken';
select count(*) from (select lead_id from crm_bi.lead_current limit 900) l;
create function survived() returns integer language plpgsql as $$
declare
    failures integer := 0;
begin
    for i in 1..200 loop
        begin
            perform count(lead_id) from crm_bi.lead_current;
        exception when invalid_parameter_value then
            failures := failures + 1;
        end;
    end loop;
    return failures;
end $$;
select survived();
select * from shown where account <> 'broken';

-- A cancel is the reader's own, wherever it meets the scan.
create function broken.owners_code(lead_id text) returns text language plpgsql stable as $$ begin perform pg_sleep(60); return lead_id; end $$;
alter function broken.owners_code(text) owner to bi_owner;
set role bi_owner;
create or replace view broken.lead_current as select broken.owners_code(lead_id) as lead_id, stage_id, pipeline, entered_at, status, amount, currency, owner, created_at, closed_at, deleted_at from broken.real_lead;
reset role;
set statement_timeout = '100ms';
select * from shown;
reset statement_timeout;
-- What is not asked for is not computed.
select account, count(*) from crm_bi.lead_current group by 1 order by 1;

-- Tables that are not what they were.
set role bi_owner;
drop view broken.lead_current;
alter table broken.real_lead rename to lead_current;
alter table broken.lead_current alter lead_id type varchar;
reset role;
select * from shown;
set role bi_owner;
alter table broken.lead_current alter lead_id type text collate "C";
alter table broken.lead_current rename owner to whose;
reset role;
select * from shown;
select account, count(owner) from crm_bi.lead_current group by 1 order by 1;
drop table broken.lead_current;
select * from shown;
set role bi_reader;
select * from shown;
select account, leads from crm_bi.funnel_monthly;
reset role;
grant select on shown to bi_reader;
set role bi_reader;
select * from shown;
reset role;
set client_min_messages = warning;
drop schema broken cascade;
select * from shown;

-- The reader's snapshot, and his cursors, also where a savepoint is given up under them.
begin;
declare mine scroll cursor for select account, lead_id from crm_bi.lead_current where account = 'whole' and lead_id in ('1', '2', '3', '4') order by lead_id;
declare rows cursor for select lead_id from crm_bi.lead_current where lead_id in ('1', '2', '3', '4');
fetch 1 from mine;
savepoint s;
fetch 1 from mine;
fetch 2 from rows;
select 1 / (count(*) - 1500) from crm_bi.lead_current;
rollback to s;
fetch 1 from mine;
fetch backward 1 from mine;
commit;
begin;
declare held cursor with hold for select count(*) from crm_bi.lead_current;
commit;
fetch all from held;
close held;
begin isolation level serializable read only deferrable;
select * from shown;
commit;

do $$ begin perform crm_account_drop('broken'); perform crm_account_drop('whole', false); end $$;
drop view shown;
drop function survived, webhook, step;
drop procedure put_in_place;
drop owned by bi_owner, bi_reader;
drop role bi_owner, bi_reader;
