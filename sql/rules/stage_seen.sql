-- When each spelling of a stage was last seen, empty where an event names none.
-- compared by stage_id, name, pipeline

expected_stage_seen as (
    select o.stage_id, coalesce(o.stage, '') collate "C" as name, coalesce(o.pipeline, '') collate "C" as pipeline,
           max(o.occurred_at) as last_seen_at
    from observation o
    where o.stage_id is not null and o.kind <> 'deleted' and not exists (select from pending_mark_of_any)
    group by 1, 2, 3
)

stored_stage_seen as (
    select n.stage_id, n.name, n.pipeline, n.last_seen_at
    from stage_seen n
    where not exists (select from pending_mark_of_any)
)
