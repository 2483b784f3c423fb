-- From 0.1.0 to 0.2.0: what the parts of the install script, which run after this, do not do by themselves.

-- A user's row and a shipped one of the same name are two rows: a dump holds the one, CREATE EXTENSION brings the other.
alter table pgcrm.stream drop constraint stream_is_unique;
alter table pgcrm.stream add constraint stream_is_unique primary key (source, stream, shipped);
comment on column pgcrm.stream.shipped is
    'Comes with the extension: replaced by upgrades, not dumped, and of no effect beside a row of the same name that is not shipped';

-- Functions that take more than before. Who might call the old one may call the new one. GRANT would write these
-- rights down as ones that CREATE EXTENSION gives, and pg_dump would leave them out: so what was written down before
-- is put back.
create function @extschema@.crm_account_create(text, text, text, name, boolean) returns void
language c as 'MODULE_PATHNAME', 'pgcrm_account_create';
create function pgcrm.require_account(text, text) returns void
language c as 'MODULE_PATHNAME', 'pgcrm_require_account';
revoke all on function @extschema@.crm_account_create(text, text, text, name, boolean), pgcrm.require_account(text, text) from public;

do $$
declare
    change record;
    given record;
    written_down aclitem[];
begin
    for change in
        select former::pg_catalog.regprocedure, present::pg_catalog.regprocedure
        from (values ('@extschema@.crm_account_create(text, text, text)', '@extschema@.crm_account_create(text, text, text, name, boolean)'),
                     ('pgcrm.require_account(text)', 'pgcrm.require_account(text, text)')) c(former, present)
    loop
        select i.initprivs into strict written_down
        from pg_catalog.pg_init_privs i
        where i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass and i.objoid = change.present and i.objsubid = 0;
        for given in
            select a.grantee::pg_catalog.regrole as role, a.is_grantable
            from pg_catalog.pg_proc p, pg_catalog.aclexplode(p.proacl) a
            where p.oid = change.former and a.grantee not in (0, p.proowner)
        loop
            execute pg_catalog.format('grant execute on function %s to %s%s', change.present, given.role,
                                      case when given.is_grantable then ' with grant option' end);
        end loop;
        update pg_catalog.pg_init_privs i
        set initprivs = written_down
        where i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass and i.objoid = change.present and i.objsubid = 0;
    end loop;
end
$$;

drop function @extschema@.crm_account_create(text, text, text);
drop function pgcrm.require_account(text);
