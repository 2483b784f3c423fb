-- The tables of an account, and their indexes, into the server's memory.
select count(pg_prewarm(c.oid::regclass))
from pg_class c
where c.relnamespace = to_regnamespace(:'account') and c.relkind in ('r', 'i');
