-- How far crm_ingest_table is. It reports as a COPY with a type of its own, 1701.

create or replace view pgcrm.ingest_progress as
select p.pid,
       p.relid::regclass as relation,
       p.param1 as bytes_processed,
       p.param3 as bodies_processed,
       p.param4 as bodies_quarantined,
       nullif(c.reltuples, -1)::bigint as bodies_expected,
       case when c.reltuples > 0 then least(p.param3 / c.reltuples::numeric, 1)::numeric(5, 4) end as share
from pg_catalog.pg_stat_get_progress_info('COPY') p
join pg_catalog.pg_database d on d.oid = p.datid and d.datname = current_database()
left join pg_catalog.pg_class c on c.oid = p.relid
where p.param6 = 1701;
comment on view pgcrm.ingest_progress is
    'Each crm_ingest_table under way in this database; bodies_expected is what the statistics of the relation say, null where it was never analyzed';
