-- Everything that the extension has made, a line for each fact that a user can see.
\pset format unaligned
\pset tuples_only on
set search_path = pg_catalog;

create temporary view member as
select d.classid, d.objid
from pg_depend d
join pg_extension e on e.oid = d.refobjid and e.extname = 'pgcrm'
where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e';

-- Rights of users are theirs: what CREATE EXTENSION gives is in initprivs.
select 'member ' || pg_describe_object(classid, objid, 0) || ': ' || coalesce(obj_description(objid, c.relname), '-')
       || ' ' || coalesce((select i.initprivs::text from pg_init_privs i where i.classoid = classid and i.objoid = objid and i.objsubid = 0), '-')
from pg_temp.member
join pg_class c on c.oid = classid
order by 1;

select pg_get_functiondef(p.oid) || (select array_agg(a order by a.grantee)::text
                                     from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee in (0, p.proowner))
from pg_temp.member m
join pg_proc p on m.classid = 'pg_proc'::regclass and p.oid = m.objid
order by p.oid::regprocedure::text collate "C";

select 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || row_number() over (partition by a.attrelid order by a.attnum)
       || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attgenerated::text || ' ' || coalesce(l.collname, '-')
       || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-') || ' ' || coalesce(col_description(a.attrelid, a.attnum), '-')
from pg_temp.member m
join pg_attribute a on m.classid = 'pg_class'::regclass and a.attrelid = m.objid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
order by a.attrelid::regclass::text collate "C", a.attnum;

select 'constraint ' || c.conrelid::regclass || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
from pg_temp.member m
join pg_constraint c on m.classid = 'pg_class'::regclass and c.conrelid = m.objid
order by 1;

select 'view ' || v.oid::regclass || ' ' || pg_get_viewdef(v.oid) || coalesce(v.reloptions::text, '')
from pg_temp.member m
join pg_class v on m.classid = 'pg_class'::regclass and v.oid = m.objid and v.relkind = 'v'
order by 1;

select 'foreign table ' || f.ftrelid::regclass || ' ' || s.srvname || ' ' || w.fdwname || ' ' || f.ftoptions::text
from pg_temp.member m
join pg_foreign_table f on m.classid = 'pg_class'::regclass and f.ftrelid = m.objid
join pg_foreign_server s on s.oid = f.ftserver
join pg_foreign_data_wrapper w on w.oid = s.srvfdw
order by 1;

select 'dumped ' || config.relation::regclass || ' ' || config.condition
from pg_extension e, unnest(e.extconfig, e.extcondition) config(relation, condition)
where e.extname = 'pgcrm'
order by 1;

select 'stream ' || s::text from pgcrm.stream s where s.shipped order by source, ordinal;
