-- A trigger of the account's owner may keep an event out of its table, or change its key: what is neither stored nor there
-- goes to quarantine, and nothing else of the batch does.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('gate');
create function gate.keeps_out() returns trigger language plpgsql as $$
begin
    if new.raw_data::text ~ 'test lead' then
        return null;
    end if;
    return new;
end
$$;
create trigger keeps_out before insert on gate.lead_created for each row execute function gate.keeps_out();
create function titled(id bigint, lead bigint, title text) returns text language sql as $$
    select webhook(id, 'lead.creation', lead, '2026-01-10T09:00:00Z', step(1, 'Incoming') || jsonb_build_object('title', title))
$$;

-- Not one of them is a duplicate, also when it comes twice in a batch and once more.
select ordinal, outcome, stream, event_id, problems from crm_ingest_batch('gate', array[
    titled(1, 7, 'Casa Robles'), titled(2, 8, 'test lead'), titled(3, 9, 'Casa Nueva'), titled(2, 8, 'test lead'), titled(4, 10, 'a test lead'), titled(1, 7, 'Casa Robles')]);
select outcome, problems from crm_ingest_batch('gate', array[titled(2, 8, 'test lead')]);
select event_id, lead_id from gate.observation order by event_id;
select convert_from(body, 'UTF8')::jsonb #>> '{webhook_event,data,title}' as title, stream, problems, times from gate.quarantine order by 1;

-- One that means something else than the stored one and may not take its place: the stored one stays.
create trigger keeps_out_later before update on gate.lead_created for each row execute function gate.keeps_out();
select outcome, problems from crm_ingest_batch('gate', array[
    webhook(1, 'lead.creation', 7, '2026-01-11T09:00:00Z', step(1, 'Incoming') || '{"title": "test lead, and later"}'), titled(5, 11, 'Casa Alta')]);
select raw_data #>> '{webhook_event,data,title}' as title from gate.lead_created order by id;

-- It was kept, and comes in when the trigger lets it.
drop trigger keeps_out on gate.lead_created;
drop trigger keeps_out_later on gate.lead_created;
select bodies, stored, duplicate, quarantined from crm_replay('gate');
select account, outcome, leads from crm_refresh('gate');
select * from crm_verify('gate');

-- Another key is another event: that one alone goes, whether the key was free, was another event's or another's of the batch.
create function gate.renames() returns trigger language plpgsql as $$
begin
    new.id := coalesce(substring(new.raw_data #>> '{webhook_event,data,title}' from 'as (\d+)$')::bigint, new.id);
    return new;
end
$$;
create trigger renames before insert or update on gate.lead_created for each row execute function gate.renames();
select ordinal, outcome, event_id, problems from crm_ingest_batch('gate', array[
    titled(21, 21, 'Casa 21'), titled(22, 22, 'as 999'), titled(23, 23, 'as 1'), titled(24, 24, 'as 25'), titled(25, 25, 'Casa 25'), titled(26, 26, 'Casa 26')]);
select outcome, problems from crm_ingest_batch('gate', array[webhook(21, 'lead.creation', 21, '2026-02-10T09:00:00Z', step(1, 'Incoming') || '{"title": "as 998"}')]);
select id, raw_data #>> '{webhook_event,data,title}' as title from gate.lead_created where id > 20 order by id;
select account, outcome from crm_refresh('gate');
select * from crm_verify('gate');
drop trigger renames on gate.lead_created;

-- Kinds that no stream takes.
create function gate.drops() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger drops before insert on gate.other_event for each row when (new.event = 'lead.cloned') execute function gate.drops();
select ordinal, outcome, event_id, problems from crm_ingest_batch('gate', array[
    webhook(31, 'lead.cloned', 31, '2026-01-12T09:00:00Z'), webhook(32, 'lead.dreamt', 32, '2026-01-12T09:00:00Z'), titled(33, 33, 'Casa 33')]);
select event, times from gate.other_event;

-- Behind quarantine there is nothing: the call says so, and what it was given is not acknowledged.
create trigger drops before insert or update on gate.quarantine for each row execute function gate.drops();
select outcome from crm_ingest_batch('gate', array[titled(41, 41, 'Casa 41'), 'no json']);
select count(*) from gate.lead_created where id = 41;
-- what is there already is only counted, or not
select outcome from crm_ingest_batch('gate', array[webhook(31, 'lead.cloned', 31, '2026-01-12T09:00:00Z'), titled(41, 41, 'Casa 41')]);

select crm_account_drop('gate', keep_data => false);
drop function webhook, step, titled;
