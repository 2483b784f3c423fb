-- Nothing for PUBLIC: whoever works with accounts is granted the functions one by one. A routine that PUBLIC has no
-- right on is left alone: a REVOKE in an update would write down all rights that users have given on it as ones that
-- CREATE EXTENSION gives, and pg_dump would leave them out.

do $$
declare
    routine regprocedure;
begin
    for routine in
        select p.oid::pg_catalog.regprocedure
        from pg_catalog.pg_depend d
        join pg_catalog.pg_extension e on e.oid = d.refobjid and e.extname = 'pgcrm'
        join pg_catalog.pg_proc p on p.oid = d.objid
        where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
          and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
          and d.deptype = 'e'
          and (p.proacl is null or exists (select from pg_catalog.aclexplode(p.proacl) a where a.grantee = 0))
    loop
        execute pg_catalog.format('revoke all on routine %s from public', routine);
    end loop;
end
$$;
