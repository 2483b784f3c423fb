-- One account of the history: its observations, then its stays and marts by a refresh of everything.
-- Prints seconds to fill|seconds to build|observations|stays.
set work_mem = '256MB';
set synchronous_commit = off;
call rig.fill(:'account', :observations);
select format('vacuum (analyze) %I.observation', :'account') \gexec
select clock_timestamp() as started_at \gset
select * from crm_refresh(:'account') \gset
select extract(epoch from clock_timestamp() - :'started_at') as built_in \gset
select format('vacuum (freeze, analyze) %I.%I', :'account', relname)
from pg_class
where relnamespace = to_regnamespace(:'account') and relkind = 'r' \gexec
select round(filled_in, 1), round(:built_in, 1), :observations, :stays_written
from rig.history
where account = :'account';
