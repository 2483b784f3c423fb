-- What an operator looks at first.

create or replace function pgcrm.account_statuses(
    out account text,
    out source text,
    out time_zone text,
    out layout_version integer,
    out last_event_at timestamptz,
    out refreshed_at timestamptz,
    out pending_leads bigint,
    out stuck_leads bigint,
    out quarantined bigint,
    out unhandled bigint,
    out unread_values bigint,
    out stray_entries bigint,
    out refresh_error text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_account_statuses';
comment on function pgcrm.account_statuses() is 'One row for each account that the caller owns, may ingest into or may read, also for one whose tables are broken; read it through pgcrm.account_status';

create or replace view pgcrm.account_status as
select account, source, time_zone, layout_version, last_event_at, refreshed_at,
       case when pending_leads > 0 then clock_timestamp() - refreshed_at when pending_leads = 0 then interval '0' end as lag,
       pending_leads, stuck_leads, quarantined, unhandled, unread_values, stray_entries, refresh_error
from pgcrm.account_statuses();
comment on view pgcrm.account_status is
    'Each account that the reader owns, may ingest into or may read: last event in the marts, last complete refresh, how far the marts are behind, and what waits for a person';
