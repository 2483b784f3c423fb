-- Where the bodies come in as text, and where they lie as a receiver has them.
create unlogged table rig.inbox_text (body text not null);
create unlogged table rig.body (line integer primary key, body bytea not null);
-- What crm_ingest_table reads has one column.
create unlogged table rig.inbox (body bytea not null);

-- All bodies through crm_ingest_batch, a transaction for each batch.
create procedure rig.ingest(batch integer)
language plpgsql as $$
declare
    refused bigint;
begin
    for start in 1 .. (select max(line) from rig.body) by batch loop
        select count(*)
        into refused
        from crm_ingest_batch('bench', array(select b.body
                                             from rig.body b
                                             where b.line between start and start + batch - 1
                                             order by b.line))
        where outcome <> 'stored';
        if refused > 0 then
            raise exception '% of the bodies from line % on were not stored', refused, start;
        end if;
        commit;
    end loop;
end
$$;
