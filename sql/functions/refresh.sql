-- Refresh: stays and marts brought up to date.

create or replace function @extschema@.crm_refresh(
    account text default null,
    out account text,
    out outcome text,
    out leads bigint,
    out observations bigint,
    out stays_written bigint,
    out cells_changed bigint,
    out message text)
returns setof record
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_refresh';
comment on function @extschema@.crm_refresh(text) is
    'Brings stays and marts of all pending leads up to date, of one account or of all that the caller owns. The outcome is refreshed, busy (another refresh is under way) or failed';

create or replace function pgcrm.refresh_batch(
    account text,
    out outcome text,
    out leads bigint,
    out has_more boolean,
    out message text)
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_refresh_batch';
comment on function pgcrm.refresh_batch(text) is
    'Refreshes at most pgcrm.refresh_batch pending leads of one account and says whether more are left';

create or replace procedure @extschema@.crm_refresh_all()
language plpgsql
as $$
-- A procedure that commits can have no SET clause: every name is qualified instead.
declare
    wanted record;
    batch  record;
begin
    for wanted in select u.account from pgcrm.usable_accounts() u loop
        loop
            select b.outcome, b.has_more, b.message into batch from pgcrm.refresh_batch(wanted.account) b;
            commit;
            if batch.outcome operator(pg_catalog.=) 'failed' then
                raise warning 'account "%" was not refreshed: %', wanted.account, batch.message;
            end if;
            exit when not batch.has_more;
        end loop;
    end loop;
end
$$;
comment on procedure @extschema@.crm_refresh_all() is
    'Refreshes every account that the caller owns, with a commit after each batch: what pg_cron calls';

create or replace function @extschema@.crm_rebuild(
    account text,
    out leads bigint,
    out observations bigint,
    out stays_written bigint,
    out cells_changed bigint)
returns record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_rebuild';
comment on function @extschema@.crm_rebuild(text) is
    'Derives observations, stays and marts of an account again from its stored events. Waits for a refresh under way';
