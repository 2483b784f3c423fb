-- Amounts at entry by month of entry, stage and currency, empty where none was said; of entries with a known amount.
-- compared by month, stage_id, currency

expected_funnel_amount_monthly as (
    select c.entry_month as month, c.stage_id, coalesce(c.currency, '') collate "C" as currency,
           count(*) as entries,
           count(*) filter (where c.is_first_entry) as first_entries,
           sum(c.amount) as entry_amount,
           coalesce(sum(c.amount) filter (where c.is_first_entry), 0) as first_entry_amount
    from counted_stay c
    where c.amount is not null
    group by 1, 2, 3
)

stored_funnel_amount_monthly as (
    select f.month, f.stage_id, f.currency, f.entries, f.first_entries, f.entry_amount, f.first_entry_amount
    from funnel_amount_monthly f
)
