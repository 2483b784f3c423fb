-- What the rival's marts count are the stays and leads that it has written: parts that take the place of those in sql/rules.

expected_stage_history as (
    select * from stage_history
)

expected_lead_current as (
    select * from lead_current
)
