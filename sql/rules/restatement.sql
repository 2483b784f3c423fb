-- Changes of months that had been reported. What was reported is not stored: it is the number of now without the changes since.
-- So they are right if each lead's share of a number, as it was before each run, is one that a lead can have; if the marts
-- agree on them; and if they are of a run and of a month that an earlier one had reported.

-- What a lead adds to the numbers of now that are dated by the entry; of leads that are restated.
restated_stay as (
    select c.*, coalesce(c.owner, '') as owner_at_entry, coalesce(c.currency, '') as currency_at_entry,
           c.is_reopened and c.stage_id = c.stage_before as is_in_place
    from counted_stay c
    where c.lead_id in (select t.lead_id from restatement t)
)

share as (
    select c.lead_id, 'funnel_monthly' as mart, c.entry_month as month, array[c.stage_id::text] as cell, count(*) as entries,
           count(*) filter (where c.is_first_entry) as first_entries, count(*) filter (where c.is_in_place) as reopened_in_place,
           1 as leads, 0::numeric as entry_amount, 0::numeric as first_entry_amount
    from restated_stay c
    group by c.lead_id, c.entry_month, c.stage_id
    union all
    select c.lead_id, 'funnel_monthly_by_owner', c.entry_month, array[c.stage_id::text, c.owner_at_entry], count(*),
           count(*) filter (where c.is_first_entry), count(*) filter (where c.is_in_place), 1, 0, 0
    from restated_stay c
    group by c.lead_id, c.entry_month, c.stage_id, c.owner_at_entry
    union all
    select c.lead_id, 'funnel_amount_monthly', c.entry_month, array[c.stage_id::text, c.currency_at_entry], count(*),
           count(*) filter (where c.is_first_entry), 0, 0, sum(c.amount), coalesce(sum(c.amount) filter (where c.is_first_entry), 0)
    from restated_stay c
    where c.amount is not null
    group by c.lead_id, c.entry_month, c.stage_id, c.currency_at_entry
)

change_of_share as (
    select t.run_id, t.lead_id, t.mart, t.month, t.cell,
           coalesce(sum(t.delta) filter (where t.measure = 'entries'), 0) as entries,
           coalesce(sum(t.delta) filter (where t.measure = 'first_entries'), 0) as first_entries,
           coalesce(sum(t.delta) filter (where t.measure = 'reopened_in_place'), 0) as reopened_in_place,
           coalesce(sum(t.delta) filter (where t.measure = 'leads'), 0) as leads,
           coalesce(sum(t.delta) filter (where t.measure = 'entry_amount'), 0) as entry_amount,
           coalesce(sum(t.delta) filter (where t.measure = 'first_entry_amount'), 0) as first_entry_amount
    from restatement t
    where t.mart in ('funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly')
    group by t.run_id, t.lead_id, t.mart, t.month, t.cell
)

share_before as (
    select c.run_id, c.lead_id, c.mart, c.month, c.cell,
           coalesce(s.entries, 0) - sum(c.entries) over w as entries,
           coalesce(s.first_entries, 0) - sum(c.first_entries) over w as first_entries,
           coalesce(s.reopened_in_place, 0) - sum(c.reopened_in_place) over w as reopened_in_place,
           coalesce(s.leads, 0) - sum(c.leads) over w as leads,
           coalesce(s.entry_amount, 0) - sum(c.entry_amount) over w as entry_amount,
           coalesce(s.first_entry_amount, 0) - sum(c.first_entry_amount) over w as first_entry_amount
    from change_of_share c
    left join share s on s.lead_id = c.lead_id and s.mart collate "C" = c.mart and s.month = c.month and s.cell collate "C" = c.cell
    window w as (partition by c.lead_id, c.mart, c.month, c.cell order by c.run_id desc)
)

difference_restated_share as (
    select 'restatement', concat_ws('/', b.run_id, b.lead_id, b.mart, b.month, array_to_string(b.cell, '/')), v.measure, v.share::text,
           v.possible
    from share_before b
    cross join lateral (values
        ('entries', b.entries, b.entries >= 0, 'at least 0'),
        ('first_entries', b.first_entries, b.first_entries between 0 and greatest(b.entries, 0), 'from 0 to ' || b.entries),
        ('reopened_in_place', b.reopened_in_place, b.reopened_in_place between 0 and greatest(b.entries, 0), 'from 0 to ' || b.entries),
        ('leads', b.leads, b.leads = (b.entries > 0 and b.mart <> 'funnel_amount_monthly')::integer,
         (b.entries > 0 and b.mart <> 'funnel_amount_monthly')::integer::text),
        ('entry_amount', b.entry_amount, b.entries > 0 or b.entry_amount = 0, '0'),
        ('first_entry_amount', b.first_entry_amount, b.first_entries > 0 or b.first_entry_amount = 0, '0')
    ) v(measure, share, is_possible, possible)
    where not v.is_possible
)

-- Identity C, of the changes.
difference_restated_owners as (
    select 'restatement', concat_ws('/', d.run_id, d.lead_id, d.month, d.stage_id), d.measure,
           sum(d.delta) filter (where d.is_by_owner)::text, sum(d.delta) filter (where not d.is_by_owner)::text
    from (select t.run_id, t.lead_id, t.month, t.cell[1] as stage_id, t.measure, t.delta, t.mart = 'funnel_monthly_by_owner' as is_by_owner
          from restatement t
          where t.mart in ('funnel_monthly', 'funnel_monthly_by_owner') and t.measure <> 'leads') d
    group by d.run_id, d.lead_id, d.month, d.stage_id, d.measure
    having sum(case when d.is_by_owner then d.delta else -d.delta end) <> 0
)

-- A measure is a column of its mart.
known_measure as (
    select k.mart, k.measure
    from (select distinct t.mart, t.measure from restatement t) k
    where exists (
        select from pg_attribute a
        where a.attrelid = to_regclass(quote_ident(k.mart)) and a.attname = k.measure and not a.attisdropped)
)

-- Only a run that builds everything, or goes on as one that did, finds that a definition is another.
difference_restatement as (
    select 'restatement', concat_ws('/', t.run_id, t.lead_id, t.mart, t.month, array_to_string(t.cell, '/'), t.measure), v.column_name, v.stored,
           v.expected
    from restatement t
    left join refresh_run r on r.run_id = t.run_id
    left join known_measure k on k.mart = t.mart and k.measure = t.measure
    left join lateral (select max(p.through_month) as through_month from reported p where p.run_id < t.run_id) p on true
    cross join lateral (values
        ('run_id', t.run_id::text, r.run_id::text),
        ('month', t.month::text, case when t.month <= p.through_month then t.month::text else 'up to ' || p.through_month end),
        ('measure', t.measure, k.measure),
        ('cause', t.cause, case when r.kind = 'refresh' then 'event' else t.cause end)
    ) v(column_name, stored, expected)
    where v.stored collate "C" is distinct from v.expected collate "C"
)
