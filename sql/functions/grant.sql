-- Rights on accounts, given to roles and taken back.

create or replace function @extschema@.crm_grant(account text, role name, privilege text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_grant';
comment on function @extschema@.crm_grant(text, name, text) is
    'Lets a role ingest into an account or read it: privilege ingest or read, with the functions that it needs';

create or replace function @extschema@.crm_revoke(account text, role name, privilege text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_revoke';
comment on function @extschema@.crm_revoke(text, name, text) is
    'Takes the privilege ingest or read on an account back from a role; EXECUTE on the functions stays and opens nothing by itself';
