-- What the rows about refreshing share: accounts with a long history, and new events for them.
create extension pg_prewarm;
create extension pg_walinspect;

create table rig.history (
    account      text primary key,
    observations bigint not null,
    leads        bigint not null, -- numbered from 1; in sources and tables, from 10,000,001
    filled_in    numeric          -- seconds
);

-- Three pipelines of 7, 7 and 6 stages.
create table rig.step as
select p as pipeline_no, place, case when p = 3 then 6 else 7 end as places,
       (1000 * p + 10 * place)::text as stage_id,
       (array['New request', 'Contacted', 'Qualified', 'Visit', 'Proposal', 'Negotiation', 'Contract'])[place] as stage,
       (array['Sales', 'Rentals', 'Partners'])[p] as pipeline
from generate_series(1, 3) p
cross join generate_series(1, 7) place
where place <= case when p = 3 then 6 else 7 end;
alter table rig.step add primary key (pipeline_no, place);

-- A number of 31 bits that depends on its arguments alone; `what` tells one use from another.
create function rig.dice(lead_no bigint, what bigint)
returns bigint
language sql immutable parallel safe
return hashint8extended(lead_no, what) & 2147483647;

-- The leads of a history, each from two numbers: itself and how many there are.
create function rig.lead(lead_no bigint, leads bigint)
returns table (lead_id text, pipeline_no integer, places integer, steps integer, begins_at timestamptz,
               pace interval, ending text, owner text, amount bigint, currency text)
language sql immutable parallel safe
begin atomic
    select (10000000 + lead_no)::text,
           1 + (d.a % 3)::integer,
           case when d.a % 3 = 2 then 6 else 7 end,
           3 + (d.b % 13)::integer,
           timestamptz '2019-01-01 00:00Z' + lead_no * (interval '1826 days' / leads),
           interval '12 hours' + (d.c % 1296000) * interval '1 second',
           case when d.d % 100 < 30 then 'won' when d.d % 100 < 68 then 'lost' when d.d % 100 < 73 then 'cancelled' end,
           'seller' || 1 + d.b / 13 % 24 || '@office.example',
           500 + d.c / 7 % 2000 * 50,
           case when d.d / 100 % 10 < 7 then 'MXN' else 'USD' end
    from (select rig.dice(lead_no, 1) as a, rig.dice(lead_no, 2) as b, rig.dice(lead_no, 3) as c,
                 rig.dice(lead_no, 4) as d
          offset 0) d;
end;

-- What each step of a lead says: a creation, then moves and changes, at last how it ended. One move
-- in eight goes back; one lead in twenty changes to the next pipeline; one in thirty is lost and comes back.
create function rig.life(lead_no bigint, leads bigint)
returns table (lead_id text, occurred_at timestamptz, kind text, event_id text, stage_id text, stage text,
               pipeline text, status text, amount numeric, currency text, owner text, origin text)
language sql immutable parallel safe
begin atomic
    select l.lead_id,
           l.begins_at + (k - 1) * l.pace + d.a % 40000 * interval '1 second',
           case when k = 1 then 'created' when d.a % 5 = 0 then 'changed' else 'moved' end,
           (100000000 + lead_no * 16 + k)::text,
           s.stage_id, s.stage, s.pipeline,
           case when k = l.steps and l.ending is not null then l.ending
                when k = l.steps - 2 and k > 1 and lead_no % 30 = 0 then 'lost'
                else 'open' end,
           l.amount + case when d.a % 7 = 0 then k * 50 else 0 end,
           l.currency,
           case when k > 4 and lead_no % 11 = 0 then 'manager@office.example' else l.owner end,
           case when k = 1 then 'lead_created' when d.a % 5 = 0 then 'lead_changed' else 'step_changed' end
    from rig.lead(lead_no, leads) l
    cross join generate_series(1, l.steps) k
    cross join lateral (select rig.dice(lead_no, 100 + k) as a) d
    cross join lateral (
        select case when lead_no % 20 = 0 and k > l.steps / 2 then l.pipeline_no % 3 + 1 else l.pipeline_no end as pipeline_no) p
    join rig.step s
      on s.pipeline_no = p.pipeline_no
     and s.place = greatest(1, least(s.places, 1 + (k - 1) * s.places / l.steps) - (d.a % 8 = 1)::integer);
end;

-- An account with so many observations, in the order in which they would have arrived. A lead has nine
-- on average; of 2 % more leads than needed, the time after the last observation wanted is left out.
create procedure rig.fill(account text, observations bigint)
language plpgsql as $$
declare
    leads   constant bigint := ceil(observations * 1.02 / 9);
    started constant timestamptz := clock_timestamp();
begin
    perform crm_account_create(account, source => 'nocrm', time_zone => 'America/Mexico_City');
    execute format('
        insert into %I.observation (lead_id, occurred_at, sequence, kind, event_id, stage_id, stage, pipeline, status,
                                    amount, currency, owner, said, origin)
        select o.lead_id, o.occurred_at, 0, o.kind, o.event_id, o.stage_id, o.stage, o.pipeline, o.status,
               o.amount, o.currency, o.owner, 7, o.origin
        from generate_series(1, $1) lead_no
        cross join lateral rig.life(lead_no, $1) o
        order by o.occurred_at
        limit $2', account) using leads, observations;
    insert into rig.history values (account, observations, leads, extract(epoch from clock_timestamp() - started));
end
$$;
