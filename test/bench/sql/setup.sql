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

-- What this session has spent on a core, in seconds: the kernel's utime + stime, in hundredths.
create function rig.cpu_seconds()
returns numeric
language sql volatile
return (
    select (f[12]::numeric + f[13]::numeric) / 100
    from regexp_split_to_array(regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', ''), ' ') f
);

-- The same to the nanosecond, as the scheduler counts it: what is short takes few hundredths.
create function rig.core_seconds()
returns numeric
language sql volatile
return (select split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::numeric / 1e9);
