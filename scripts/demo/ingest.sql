-- The webhooks of :office, 500 in a call and each call a transaction, as a receiver with many
-- requests at hand would do it. A row for each call: bodies, stored, duplicate, unhandled, quarantined.
select format(
    $query$
        select count(*),
               count(*) filter (where outcome = 'stored'),
               count(*) filter (where outcome = 'duplicate'),
               count(*) filter (where outcome = 'unhandled'),
               count(*) filter (where outcome = 'quarantined')
        from crm_ingest_batch(%1$L, array(select body from demo.%1$I
                                          where line between %2$s and %2$s + 499
                                          order by line))
    $query$, :'office', first)
from generate_series(1, (select max(line) from demo.:"office"), 500) first
\gexec
