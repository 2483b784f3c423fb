-- Accounts: made, dropped, listed.

create or replace function @extschema@.crm_account_create(
    account   text,
    source    text default 'nocrm',
    time_zone text default 'UTC')
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_create';
comment on function @extschema@.crm_account_create(text, text, text) is
    'Makes an account: a schema of that name with all of its tables, owned by the caller. Repeating it with the same arguments does nothing';

create or replace function @extschema@.crm_account_drop(
    account   text,
    keep_data boolean default true)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_drop';
comment on function @extschema@.crm_account_drop(text, boolean) is
    'Takes an account out of the registry; with keep_data => false its schema and all of its data are dropped as well';

create or replace function @extschema@.crm_account_adopt(account text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_adopt';
comment on function @extschema@.crm_account_adopt(text) is
    'Registers an account whose schema is there already: kept by crm_account_drop, left by DROP EXTENSION, or restored from a dump';

create or replace function pgcrm.require_account(account text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_require_account';
comment on function pgcrm.require_account(text) is
    'Raises a clear error unless the account exists, has the layout of this version, and the caller may use it';

create or replace function pgcrm.usable_accounts()
returns table (account text)
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_usable_accounts';
comment on function pgcrm.usable_accounts() is 'The accounts that the caller may use, by name';
