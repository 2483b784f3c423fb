-- The history as it was: without the new events, and without the dead rows of a rebuild.
call rig.forget_events(:'account');
select format('vacuum (analyze) %I.%I', :'account', relname)
from pg_class
where relnamespace = to_regnamespace(:'account') and relkind = 'r' \gexec
