-- What an operator looks at first.

create or replace function pgcrm.account_statuses(
    out account text,
    out source text,
    out time_zone text,
    out layout_version integer,
    out last_event_at timestamptz,
    out refreshed_at timestamptz,
    out lag interval,
    out pending_leads bigint,
    out quarantined bigint,
    out unhandled bigint,
    out refresh_error text)
returns setof record
language plpgsql stable parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
    usable text;
begin
    for usable in select u.account from pgcrm.usable_accounts() u loop
        return query execute format($query$
            select a.account::text, a.source::text, a.time_zone, a.layout_version,
                   a.last_observed_at, a.refreshed_at,
                   case when p.leads > 0 then clock_timestamp() - a.refreshed_at else interval '0' end,
                   p.leads,
                   (select count(*) from %1$I.quarantine),
                   (select coalesce(sum(times), 0)::bigint from %1$I.other_event),
                   a.refresh_error
            from %1$I.account a,
                 (select count(distinct lead_id) as leads from %1$I.pending) p
        $query$, usable);
    end loop;
end
$$;
comment on function pgcrm.account_statuses() is 'One row for each account that the caller may use; read it through pgcrm.account_status';

create view pgcrm.account_status as
select account, source, time_zone, layout_version, last_event_at, refreshed_at, lag, pending_leads,
       quarantined, unhandled, refresh_error
from pgcrm.account_statuses();
comment on view pgcrm.account_status is
    'Each account that the reader may use: last event in the marts, last complete refresh, how far the marts are behind, and what waits for a person';
