-- What to do when crm_verify finds something.

create or replace function pgcrm.retry_stuck_leads(account text)
returns bigint
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_retry_stuck_leads';
comment on function pgcrm.retry_stuck_leads(text) is 'Marks the stuck leads of an account pending, so that the next refresh tries them again, and returns how many there are';

create or replace function @extschema@.crm_repair(
    account         text,
    out retried     bigint,
    out differences bigint,
    out action      text,
    out remaining   bigint)
returns record
language plpgsql volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    refreshed record;
begin
    retried := pgcrm.retry_stuck_leads(account);
    select r.outcome, r.message into refreshed from @extschema@.crm_refresh(account) r;
    if refreshed.outcome <> 'refreshed' then
        -- Nothing can be said of an account that another refresh is at work on, or that cannot be refreshed.
        action := refreshed.outcome || ': ' || refreshed.message;
        return;
    end if;
    select count(*) into differences from @extschema@.crm_verify(account) d where d.relation not in ('pending', 'stuck', 'no stream');
    if differences > 0 then
        -- A wrong stay has a wrong share in the marts, so nothing less than all of them is surely right.
        perform @extschema@.crm_rebuild(account);
        action := 'rebuilt';
        select count(*) into remaining from @extschema@.crm_verify(account) d where d.relation not in ('pending', 'stuck', 'no stream');
    else
        action := 'none';
        remaining := 0;
    end if;
end
$$;
comment on function @extschema@.crm_repair(text) is
    'Tries stuck leads again, refreshes, and rebuilds the account from its events when crm_verify finds a difference; returns how many leads were tried again, how many cells differed, what was done (none, rebuilt; busy or failed with the reason, and nothing else is known then), and how many differ still';
