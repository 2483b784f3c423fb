-- How far crm_rebuild is, or a refresh that builds an account again. It reports as a COPY with a type of its own, 1702.

create or replace view pgcrm.rebuild_progress as
select p.pid,
       n.nspname::text as account,
       p.param4 as events_decoded,
       p.param3 as observations_processed,
       nullif(c.reltuples, -1)::bigint as observations_expected,
       case when c.reltuples > 0 then least(p.param3 / c.reltuples::numeric, 1)::numeric(5, 4) end as share
from pg_catalog.pg_stat_get_progress_info('COPY') p
join pg_catalog.pg_database d on d.oid = p.datid and d.datname = current_database()
left join pg_catalog.pg_class c on c.oid = p.relid
left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where p.param6 = 1702;
comment on view pgcrm.rebuild_progress is
    'Each crm_rebuild under way in this database, and each refresh that builds an account again: events that were decoded again, then observations that stays and marts were made of, and what part of them; observations_expected is what the statistics say, null where the table was never analyzed';
