-- Every row of schema "office": not the times of arrival and of work, nor the digests of bodies, which other columns show, nor
-- what tells of the runs that led there.
set search_path = pg_catalog;

select format($$select '%1$s ' || r.fact::text from (select to_jsonb(t) - '{received_at,first_received_at,last_received_at,created_at,refreshed_at,built_at,mark}'::text[]
                from office.%1$I t) r(fact) order by r.fact::text collate "C"$$, relname)
from pg_class
where relnamespace = 'office'::regnamespace and relkind = 'r' and relname not in ('refresh_run', 'reported', 'restatement')
order by relname
\gexec
