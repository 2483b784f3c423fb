-- From 0.1.0 to 0.2.0: what the parts of the install script, which run after this, do not do by themselves.

-- A stream whose name this version keeps would be refused by everything afterwards: its user renames it first.
create function pgcrm.check_stream_names() returns void language c as 'MODULE_PATHNAME', 'pgcrm_check_stream_names';
select pgcrm.check_stream_names();
drop function pgcrm.check_stream_names();

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

-- The status tells more of each account, in columns between the others: function and view are made anew, with the
-- rights that users have given.
do $$
declare
    function_rights aclitem[];
    view_rights aclitem[];
    written_down aclitem[];
    given record;
begin
    select p.proacl into function_rights from pg_catalog.pg_proc p where p.oid = 'pgcrm.account_statuses()'::pg_catalog.regprocedure;
    select c.relacl into view_rights from pg_catalog.pg_class c where c.oid = 'pgcrm.account_status'::pg_catalog.regclass;
    drop view pgcrm.account_status;
    drop function pgcrm.account_statuses();
    create function pgcrm.account_statuses(
        out account text, out source text, out time_zone text, out layout_version integer, out last_event_at timestamptz,
        out refreshed_at timestamptz, out pending_leads bigint, out stuck_leads bigint, out quarantined bigint,
        out unhandled bigint, out unread_values bigint, out stray_entries bigint, out refresh_error text)
    returns setof record language c as 'MODULE_PATHNAME', 'pgcrm_account_statuses';
    create view pgcrm.account_status as
        select account, source, time_zone, layout_version, last_event_at, refreshed_at,
               case when pending_leads > 0 then clock_timestamp() - refreshed_at when pending_leads = 0 then interval '0' end as lag,
               pending_leads, stuck_leads, quarantined, unhandled, unread_values, stray_entries, refresh_error
        from pgcrm.account_statuses();
    revoke all on function pgcrm.account_statuses() from public;
    select i.initprivs into strict written_down
    from pg_catalog.pg_init_privs i
    where i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass
      and i.objoid = 'pgcrm.account_statuses()'::pg_catalog.regprocedure and i.objsubid = 0;
    for given in
        select 'execute on function pgcrm.account_statuses()' as what, a.grantee, a.is_grantable
        from pg_catalog.aclexplode(function_rights) a, pg_catalog.pg_proc p
        where p.oid = 'pgcrm.account_statuses()'::pg_catalog.regprocedure and a.grantee not in (0, p.proowner)
        union all
        select 'select on pgcrm.account_status', a.grantee, a.is_grantable
        from pg_catalog.aclexplode(view_rights) a, pg_catalog.pg_class c
        where c.oid = 'pgcrm.account_status'::pg_catalog.regclass and a.privilege_type = 'SELECT' and a.grantee not in (0, c.relowner)
    loop
        execute pg_catalog.format('grant %s to %s%s', given.what, given.grantee::pg_catalog.regrole,
                                  case when given.is_grantable then ' with grant option' end);
    end loop;
    -- What GRANT has written down, as above; CREATE EXTENSION gives no rights on the view.
    update pg_catalog.pg_init_privs i
    set initprivs = written_down
    where i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass
      and i.objoid = 'pgcrm.account_statuses()'::pg_catalog.regprocedure and i.objsubid = 0;
    delete from pg_catalog.pg_init_privs i
    where i.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
      and i.objoid = 'pgcrm.account_status'::pg_catalog.regclass and i.objsubid = 0;
end
$$;

-- What is in crm_bi becomes the extension's, and everybody may select from it. Rights that were given one by one would be
-- written down with it as ones that CREATE EXTENSION gives, and name roles in dumps that are gone by then.
do $$
declare
    given record;
begin
    for given in
        select r.what, a.grantee
        from (select 'table ' || c.oid::pg_catalog.regclass, c.relowner, c.relacl || array(
                         select l.acl from pg_catalog.pg_attribute t, pg_catalog.unnest(t.attacl) l(acl) where t.attrelid = c.oid)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = 'crm_bi'
              where c.relname in ('calendar_month', 'funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly', 'lead_current', 'sales_funnel_monthly')
                 or c.relname ~ '^part_[0-9]+_of_'
              union all
              select 'schema crm_bi', n.nspowner, n.nspacl from pg_catalog.pg_namespace n where n.nspname = 'crm_bi') r(what, owner, acl),
            pg_catalog.aclexplode(nullif(r.acl, '{}')) a
        where a.grantee <> r.owner
        group by 1, 2
    loop
        execute pg_catalog.format('revoke all on %s from %s cascade', given.what,
                                  case given.grantee when 0 then 'public' else given.grantee::pg_catalog.regrole::text end);
    end loop;
end
$$;

-- Nothing takes the views along any more.
drop function pgcrm.restore_views();

-- The schedule is the extension's owner's, and made by the library.
drop function pgcrm.require_pg_cron();
drop function pgcrm.schedule_job(text);
drop function pgcrm.refresh_command();
