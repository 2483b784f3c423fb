-- What crm_bi is made of: a foreign data wrapper that reads each account as its owner, foreign tables, views over them.

create or replace function pgcrm.face_handler()
returns fdw_handler
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_face_handler';
comment on function pgcrm.face_handler() is 'The foreign data wrapper that the relations of crm_bi are read through';
revoke all on function pgcrm.face_handler() from public;

create or replace function pgcrm.check_face_options(options text[], catalog oid)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_check_face_options';
comment on function pgcrm.check_face_options(text[], oid) is
    'Refuses options that the foreign data wrapper of crm_bi does not know; relation names what a foreign table shows';
revoke all on function pgcrm.check_face_options(text[], oid) from public;

create or replace function pgcrm.make_face_objects()
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_make_face_objects';
comment on function pgcrm.make_face_objects() is
    'Makes the views of crm_bi, what they read, and their comments; called by the scripts of the extension';
revoke all on function pgcrm.make_face_objects() from public;

select pgcrm.make_face_objects();
