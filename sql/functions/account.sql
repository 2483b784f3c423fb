-- Accounts: made, changed, dropped, listed.

create or replace function @extschema@.crm_account_create(
    account          text,
    source           text    default 'nocrm',
    time_zone        text    default 'UTC',
    owner            name    default null,
    compatible_views boolean default false)
returns void
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_create';
comment on function @extschema@.crm_account_create(text, text, text, name, boolean) is
    'Makes an account: a schema of that name with all of its tables, owned by the caller or by another role, with views public.<account>_<stream> on demand. Repeating it with the same arguments does nothing';

create or replace function @extschema@.crm_account_alter(
    account          text,
    time_zone        text    default null,
    owner            name    default null,
    compatible_views boolean default null,
    count_deleted_leads boolean default null)
returns void
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_alter';
comment on function @extschema@.crm_account_alter(text, text, name, boolean, boolean) is
    'Changes time zone or owner of an account, makes or drops its views public.<account>_<stream>, says whether leads that are deleted in the end count in the marts; null leaves as is. A new zone and a new counting hold from the next refresh on';

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

create or replace function pgcrm.require_account(account text, wanted text default 'own')
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_require_account';
comment on function pgcrm.require_account(text, text) is
    'Raises a clear error unless the account exists, has the layout of this version, and the caller has this right on it: own, ingest, read or any of them';

create or replace function pgcrm.usable_accounts()
returns table (account text)
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_usable_accounts';
comment on function pgcrm.usable_accounts() is 'The accounts that the caller has the rights of the owner of, by name';

create or replace function @extschema@.crm_account_upgrade(account text)
returns integer
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_upgrade';
comment on function @extschema@.crm_account_upgrade(text) is
    'Brings the tables of an account up to date: after ALTER EXTENSION UPDATE, after a dump of an older version was restored, and when its source has got streams or columns. Returns the layout. Repeating it does nothing';
