-- Which run first reported which months, by the runs: what was reported by a time is what the last run that had begun by then made.

-- The zone may have been another, but no zone is so far from UTC that its month is none of these.
difference_reported as (
    select 'reported', p.through_month::text, v.column_name, v.stored, v.expected
    from reported p
    cross join settings x
    cross join lateral (values
        ('run_id', p.run_id::text,
         (select coalesce(max(r.run_id), 0) from refresh_run r where r.started_at <= p.reported_at)::text),
        ('through_month', p.through_month::text,
         case when not exists (
                  select from (values (interval '-16 hours'), ('0'), ('16 hours')) z(shift)
                  where p.through_month = date_trunc('month', (p.reported_at at time zone 'UTC') + z.shift) - interval '1 month')
              then (date_trunc('month', p.reported_at at time zone x.zone) - interval '1 month')::date::text
              else p.through_month::text end),
        ('reported_at', p.reported_at::text,
         case when p.reported_at > x.refreshed_at then 'up to ' || x.refreshed_at else p.reported_at::text end)
    ) v(column_name, stored, expected)
    where v.stored is distinct from v.expected
)

-- The last complete refresh has reported what had ended before it, once a run had leads.
difference_reported_through as (
    select 'reported', '', 'through_month', max(p.through_month)::text,
           (date_trunc('month', x.refreshed_at at time zone x.zone) - interval '1 month')::date::text
    from settings x
    left join reported p on true
    where coalesce(x.reported_from, '-infinity') <= x.refreshed_at
      and exists (select from refresh_run r where r.leads > 0)
    group by x.refreshed_at, x.zone
    having coalesce(max(p.through_month), '-infinity') < date_trunc('month', x.refreshed_at at time zone x.zone) - interval '1 month'
)

-- A refresh is complete as of its begin.
difference_refreshed_at as (
    select 'account', x.account, 'refreshed_at', x.refreshed_at::text, 'from ' || r.started_at || ' to now'
    from settings x
    left join lateral (select max(r.started_at) as started_at from refresh_run r where r.ended_at is not null) r on true
    where x.refreshed_at < r.started_at or x.refreshed_at > clock_timestamp()
)
