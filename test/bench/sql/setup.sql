-- The extension, and a schema `rig` for what measuring needs.
create extension pgcrm;
create schema rig;

-- Makes the account anew, so that each run begins with empty tables.
create procedure rig.make_account()
language plpgsql as $$
begin
    if exists (select from pgcrm.account where account = 'bench') then
        perform crm_account_drop('bench', keep_data => false);
    end if;
    perform crm_account_create('bench', source => 'nocrm', time_zone => 'America/Mexico_City');
end
$$;
