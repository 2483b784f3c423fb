-- Bytes of each part: side, table, part, bytes. A part is the heap with its maps, the toasted
-- values with their index, or an index.
with relation (side, oid) as (
    values ('ours', 'bench.step_changed'::regclass), ('ours', 'bench.observation'), ('ours', 'bench.pending'),
           ('rival', 'rig.handler')
)
select r.side, c.relname, p.part, p.bytes
from relation r
join pg_class c using (oid)
cross join lateral (
    select 1 as rank, 'heap' as part,
           pg_table_size(c.oid) - coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) as bytes
    union all
    select 2, 'toast', pg_total_relation_size(c.reltoastrelid)
    where c.reltoastrelid <> 0
    union all
    select 3, 'index ' || i.indexrelid::regclass::text, pg_total_relation_size(i.indexrelid)
    from pg_index i
    where i.indrelid = c.oid
) p
order by r.side, c.relname = 'step_changed' desc, c.relname, p.rank, p.part;
