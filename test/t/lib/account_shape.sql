-- Everything that schema "office" holds, a line for each fact that a user can see.
set search_path = pg_catalog;

select 'relation ' || c.relname || ' ' || c.relkind::text || ' ' || c.relpersistence::text || ' ' || coalesce(c.reloptions::text, '-')
       || ' ' || coalesce(obj_description(c.oid, 'pg_class'), '-')
from pg_class c
where c.relnamespace = 'office'::regnamespace
order by c.relname;

select 'column ' || c.relname || '.' || a.attname || ' ' || row_number() over (partition by a.attrelid order by a.attnum)
       || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(l.collname, '-')
       || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-') || ' ' || coalesce(col_description(a.attrelid, a.attnum), '-')
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
where c.relnamespace = 'office'::regnamespace and c.relkind in ('r', 'v', 'S')
order by c.relname, a.attnum;

select 'constraint ' || c.conrelid::regclass || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
from pg_constraint c
where c.connamespace = 'office'::regnamespace
order by 1;

select 'index ' || indexdef from pg_indexes where schemaname = 'office' order by 1;
