-- Every statement of an ingest and of a refresh fails once with every kind of error, in the midst of others and of a body or lead
-- that is alone. Whatever it is: what was acknowledged is there, what is old says so, and what was put aside is the data that failed.
set client_min_messages = error;
set check_function_bodies = off; -- they read an account that is made later
create extension pgcrm;
create extension pgcrm_faults;
create table state_of(sqlstate text, kind text);
insert into state_of values ('22003', 'data'), ('23514', 'data'), ('54000', 'data'), ('P0001', 'data'),
    ('25006', 'account'), ('42P01', 'account'), ('55P03', 'account'), ('XX000', 'account'),
    ('40001', 'conflict'), ('53200', 'server'), ('57014', 'server'), ('58030', 'server');

-- What must never be, and was.
create table broken_promise(work text, sqlstate text, nth int, events int, promise text);
-- How often each end was met.
create table ending(work text, kind text, events int, ends_as text);
create sequence event_number;

create function hook(id bigint, lead bigint, step bigint) returns text language sql as $$
    select jsonb_build_object('webhook_event', jsonb_build_object('id', id, 'event', 'lead.step.changed', 'data', jsonb_build_object(
        'id', lead, 'created_at', '2026-01-01T00:00:00Z', 'updated_at', timestamptz '2026-01-01 00:00Z' + id * interval '1 minute',
        'step_id', step, 'step', 'Step ' || step, 'pipeline', 'Sales', 'status', 'todo', 'amount', id)))::text
$$;
-- So many events that are new, each of another lead. Where there are several, also one that is in the way of a stored one, one of
-- a kind that nobody takes, and one that is none.
create function new_hooks(events int) returns text[] language sql as $$
    select array_agg(hook(nextval('event_number'), n, 200 + n)) || case when events > 1 then
        array[hook((select min(id) from office.step_changed), 1, nextval('event_number')), '{"webhook_event": {"id": 1, "event": "task.done"}}', '{'] end
    from generate_series(1, events) n
$$;
create function stored() returns bigint language sql as 'select count(*) from office.step_changed';
create function put_aside() returns bigint language sql as 'select coalesce(sum(times), 0)::bigint from office.quarantine';
create function kept() returns bigint language sql as 'select stored() + put_aside() + coalesce(sum(times), 0)::bigint from office.other_event';

create function all_is_right() returns boolean language sql as $$
    select s.refresh_error is null and s.pending_leads = 0 and s.stuck_leads = 0 and not exists (select from crm_verify('office'))
    from pgcrm.account_status s
$$;

create function check_promise(work text, of state_of, nth int, events int, promise text, holds boolean) returns void language sql as $$
    insert into broken_promise select work, (of).sqlstate, nth, events, promise where holds is not true
$$;

-- True when the fault was met.
create procedure ingest_with_fault(of state_of, nth int, events int, inout met boolean) language plpgsql as $$
declare
    sent text[] := new_hooks(events);
    stored_before bigint := stored();
    aside_before bigint := put_aside();
    kept_before bigint := kept();
    outcomes text[];
    raised text;
    regularly_aside int := case when events > 1 then 2 else 0 end;
begin
    begin
        perform fault_arm(of.sqlstate, nth);
        select array_agg(i.outcome) into outcomes from crm_ingest_batch('office', sent) i;
        met := fault_disarm();
    exception when query_canceled or others then
        met := fault_disarm();
        raised := sqlstate;
    end;
    if raised is null then
        perform check_promise('ingest', of, nth, events, 'all are answered, and kept somewhere',
            cardinality(outcomes) = cardinality(sent) and kept() - kept_before = cardinality(sent));
        perform check_promise('ingest', of, nth, events, 'only errors of the data are answered', not met or of.kind = 'data');
        perform check_promise('ingest', of, nth, events, 'one error puts one body aside at most', put_aside() - aside_before <= regularly_aside + 1);
    else
        perform check_promise('ingest', of, nth, events, 'the error is the one that was met', met and raised = of.sqlstate);
        perform check_promise('ingest', of, nth, events, 'what fails stores nothing', kept() = kept_before and stored() = stored_before);
    end if;
    insert into ending select 'ingest', of.kind, events,
        case when raised is not null then 'raised' when put_aside() > aside_before + regularly_aside then 'quarantined' else 'stored' end where met;
    -- The sender comes again.
    perform crm_ingest_batch('office', sent);
    perform check_promise('ingest', of, nth, events, 'each event is stored once', stored() - stored_before = events);
    commit;
end $$;

create procedure refresh_with_fault(of state_of, nth int, events int, inout met boolean) language plpgsql as $$
declare
    outcome text;
    raised text;
    stuck bigint;
    says record;
begin
    perform crm_ingest_batch('office', new_hooks(events));
    commit;
    begin
        perform fault_arm(of.sqlstate, nth);
        select r.outcome into outcome from crm_refresh('office') r;
        met := fault_disarm();
    exception when query_canceled or others then
        met := fault_disarm();
        raised := sqlstate;
    end;
    select s.pending_leads, s.stuck_leads, s.refresh_error into says from pgcrm.account_status s;
    stuck := says.stuck_leads;
    if raised is not null then
        outcome := 'raised';
        perform check_promise('refresh', of, nth, events, 'the error is the one that was met', met and raised = of.sqlstate);
        perform check_promise('refresh', of, nth, events, 'who is not told leaves all as it was', says.pending_leads = events and stuck = 0);
    elsif outcome = 'failed' then
        perform check_promise('refresh', of, nth, events, 'what failed is pending and says so',
            says.pending_leads = events and says.refresh_error is not null);
        perform check_promise('refresh', of, nth, events, 'what failed parks nobody', stuck = 0);
    else
        perform check_promise('refresh', of, nth, events, 'what is refreshed is pending no more', says.pending_leads = 0 and says.refresh_error is null);
        perform check_promise('refresh', of, nth, events, 'only errors of the data end well', not met or of.kind = 'data');
        perform check_promise('refresh', of, nth, events, 'one error parks one lead at most', stuck <= 1);
        perform check_promise('refresh', of, nth, events, 'all but the parked is right',
            not exists (select from crm_verify('office') v where v.relation <> 'stuck'));
    end if;
    insert into ending select 'refresh', of.kind, events, case when stuck > 0 then 'parked' else outcome end where met;
    perform pgcrm.retry_stuck_leads('office'), crm_refresh('office');
    -- A lead that is alone and one of several are the same to whoever parks nobody: looked at once is enough.
    if events > 1 or of.kind = 'data' then
        perform check_promise('refresh', of, nth, events, 'in the end all is right', all_is_right());
    end if;
    commit;
end $$;

-- A new account for each, or there would be more and more to look through.
create procedure fail_everywhere(of state_of, events int) language plpgsql as $$
declare
    met boolean;
begin
    perform crm_account_create('office');
    perform crm_ingest_batch('office', new_hooks(events)), crm_refresh('office');
    for nth in 1 .. 200 loop
        call ingest_with_fault(of, nth, events, met);
        exit when not met;
    end loop;
    for nth in 1 .. 200 loop
        call refresh_with_fault(of, nth, events, met);
        exit when not met;
    end loop;
    perform check_promise('refresh', of, 0, events, 'in the end all is right', all_is_right());
    perform crm_account_drop('office', false);
    commit;
end $$;

do $$
declare
    of state_of;
begin
    for of in select * from state_of order by 1 loop
        call fail_everywhere(of, 3);
        call fail_everywhere(of, 1);
    end loop;
end $$;
select * from broken_promise order by 1, 2, 3, 4 limit 40;
select work, kind, events, string_agg(distinct ends_as, ', ' order by ends_as) as ends from ending group by 1, 2, 3 order by 1, 2, 3 desc;
select work, count(*) > 100 as at_many_statements from ending group by 1 order by 1;
