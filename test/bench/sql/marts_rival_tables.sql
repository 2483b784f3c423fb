-- The rival's tables: like the account's, with their indexes and constraints, and empty; with
-- `filled`, as full as the account's.
set client_min_messages = warning;
drop schema if exists rival cascade;
create schema rival;
select format('create table rival.%I (like %I.%I including all)', c.relname, :'account', c.relname)
from pg_class c
where c.relnamespace = to_regnamespace(:'account')
  and c.relname = any (string_to_array(:'written', ' ')) \gexec
\if :filled
    select format('insert into rival.%I select * from %I.%I', relname, :'account', relname)
    from pg_class
    where relnamespace = 'rival'::regnamespace and relkind = 'r' \gexec
\endif
