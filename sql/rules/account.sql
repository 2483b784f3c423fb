-- The account's own row: the settings that the marts were built with, and the span of time that its observations cover.
-- compared by account

settings as (
    select a.*, coalesce(a.built_time_zone, a.time_zone) as zone from account a
)

span as (
    select min(o.occurred_at) as first_observed_at, max(o.occurred_at) as last_observed_at from observation o
)

expected_account as (
    select x.account, s.first_observed_at, s.last_observed_at
    from settings x
    cross join span s
    where not exists (select from pending_mark_of_any)
)

stored_account as (
    select x.account, x.first_observed_at, x.last_observed_at
    from settings x
    where not exists (select from pending_mark_of_any)
)

-- A new way to count deleted leads counts from the next refresh on, as does a new time zone.
difference_settings as (
    select 'account', s.account, 'count_deleted_leads', s.built_count_deleted_leads::text, s.count_deleted_leads::text
    from settings s
    where s.built_count_deleted_leads <> s.count_deleted_leads
    union all
    select 'account', s.account, 'time_zone', s.built_time_zone, s.time_zone
    from settings s
    where s.built_time_zone <> s.time_zone
)
