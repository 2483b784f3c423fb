-- The rival's stays and marts are the account's, row by row; otherwise it had less to do, or more.
set rig.account = :'account';
do $$
declare
    differing bigint;
    mart      record;
begin
    for mart in
        select t.name, k.columns
        from (select c.relname as name, c.oid from pg_class c where c.relnamespace = 'rival'::regnamespace and c.relkind = 'r') t
        join lateral (
            select string_agg(format('%I', a.attname), ', ') as columns
            from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
            where i.indrelid = t.oid and i.indisprimary) k on true
    loop
        execute format('select count(*) from rival.%1$I r full join %2$I.%1$I o using (%3$s) where r is distinct from o',
                       mart.name, current_setting('rig.account'), mart.columns) into differing;
        if differing > 0 then
            raise exception 'table % differs from the account''s in % rows', mart.name, differing;
        end if;
    end loop;
end
$$;
