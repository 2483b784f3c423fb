-- New events for a history, as webhooks: of 20, 15 move a lead of the last weeks, 3 make a lead, and 2
-- are late, of a lead from any time, about the weeks after it began. Batches are numbered; the leads of
-- one differ, and those of six in a history of a million too, so that a batch costs the same everywhere.
create function rig.event(history rig.history, batch bigint, number bigint)
returns table (kind text, lead_no bigint, at timestamptz, place_seed bigint)
language sql immutable parallel safe
begin atomic
    select case when number % 20 < 3 then 'lead.creation' else 'lead.step.changed' end,
           case when number % 20 < 3 then history.leads + batch * 1000 + number
                when number % 20 < 18
                then (history.leads * 0.98)::bigint - (batch * 1000 + number) * 104729 
                                                         % least(greatest(history.leads / 20, 2000), history.leads / 2)
                else 1 + (batch * 1000 + number) * 104729 % history.leads end,
           case when number % 20 < 18 then timestamptz '2024-01-01 00:00Z' + batch * interval '1 hour' + number * interval '1 second' end,
           rig.dice(batch * 1000 + number, 7);
end;

create function rig.event_bodies(account_name text, batch bigint, events bigint)
returns bytea[]
language sql stable
begin atomic
    select array_agg(convert_to(jsonb_build_object('webhook_event', jsonb_build_object(
               'id', 1000000000 + batch * 1000 + number, 'event', e.kind, 'signature', md5(number::text), 'has_succeeded', false,
               'try_count', 0, 'last_returned_code', null,
               'data', jsonb_build_object(
                   'id', l.lead_id::bigint, 'title', 'Lead ' || l.lead_id, 'status', 'todo', 'step', s.stage,
                   'step_id', s.stage_id::bigint, 'pipeline', s.pipeline, 'amount', l.amount, 'currency', l.currency,
                   'created_at', case when e.kind = 'lead.creation' then e.at else l.begins_at end,
                   'updated_at', coalesce(e.at, l.begins_at + e.place_seed % 60 * interval '1 day'),
                   'user', jsonb_build_object('id', 527, 'email', l.owner),
                   'tags', '["Portal"]'::jsonb, 'permalink', 'https://office.example/leads/' || l.lead_id)))::text, 'UTF8')
               order by number)
    from rig.history h
    cross join generate_series(0, events - 1) number
    cross join lateral rig.event(h, batch, number) e
    cross join lateral rig.lead(e.lead_no, h.leads) l
    join rig.step s
      on s.pipeline_no = l.pipeline_no
     and s.place = case when e.kind = 'lead.creation' then 1 else 1 + e.place_seed % l.places end
    where h.account = account_name;
end;

create procedure rig.ingest_events(account_name text, batch bigint, events bigint)
language plpgsql as $$
declare
    refused bigint;
begin
    select count(*)
    into refused
    from crm_ingest_batch(account_name, rig.event_bodies(account_name, batch, events))
    where outcome <> 'stored';
    if refused > 0 then
        raise exception '% of the events of batch % were not stored', refused, batch;
    end if;
end
$$;

create table rig.refresh_sample (
    account        text not null,
    batch          bigint not null,
    seconds        numeric not null,
    core_seconds   numeric not null,
    wal_bytes      numeric not null,
    wal_page_bytes numeric not null, -- images of pages touched first after a checkpoint
    leads          bigint not null,
    observations   bigint not null,
    stays_written  bigint not null,
    cells_changed  bigint not null,
    primary key (account, batch)
);

-- Ingests the batches in turn and refreshes after each, with a commit after either; what the
-- refreshes take, commit included, goes to rig.refresh_sample.
create procedure rig.refresh_batches(account_name text, first_batch bigint, last_batch bigint, events bigint)
language plpgsql as $$
declare
    done         record;
    started_at   timestamptz;
    started_core numeric;
    started_lsn  pg_lsn;
    ended_at     timestamptz;
    ended_core   numeric;
begin
    for batch in first_batch .. last_batch loop
        call rig.ingest_events(account_name, batch, events);
        commit;
        started_lsn := pg_current_wal_insert_lsn();
        started_core := rig.core_seconds();
        started_at := clock_timestamp();
        select * into done from crm_refresh(account_name);
        commit;
        ended_at := clock_timestamp();
        ended_core := rig.core_seconds();
        if done.outcome <> 'refreshed' or done.observations < events then
            raise exception 'batch % was not refreshed: %', batch, done;
        end if;
        insert into rig.refresh_sample
        select account_name, batch, extract(epoch from ended_at - started_at), ended_core - started_core,
               sum(w.record_size + w.fpi_size), sum(w.fpi_size), done.leads, done.observations, done.stays_written, done.cells_changed
        from pg_get_wal_stats(started_lsn, pg_current_wal_flush_lsn()) w;
        commit;
    end loop;
end
$$;

-- Takes back the events of all batches: the stream tables hold no others.
create procedure rig.forget_events(account_name text)
language plpgsql as $$
declare
    stream text;
    done   record;
begin
    foreach stream in array array['lead_created', 'step_changed'] loop
        execute format('
            with gone as (delete from %1$I.%2$I returning id, lead_id),
                 unsaid as (delete from %1$I.observation o using gone g
                            where o.lead_id = g.lead_id::text and o.origin = %2$L and o.event_id = g.id::text)
            insert into %1$I.pending select distinct lead_id::text, nextval(''%1$I.pending_mark'') from gone',
            account_name, stream);
    end loop;
    -- First and last time of the observations, too.
    execute format('insert into %1$I.pending values ('''', nextval(''%1$I.pending_mark''))', account_name);
    commit;
    select * into done from crm_refresh(account_name);
    if done.outcome <> 'refreshed' then
        raise exception 'the new events of "%" could not be taken back: %', account_name, done;
    end if;
    delete from rig.refresh_sample where account = account_name;
end
$$;
