-- The stages, from all observations and definitions: the newest word counts. What a person has set wins.
-- compared by stage_id

stage_word as (
    select o.stage_id, o.occurred_at as at, nullif(o.stage, '') as name, nullif(o.pipeline, '') as pipeline,
           null::bigint as position, false as defines, false as deletes, null::integer as event_size, null::text as event_id
    from observation o
    where o.stage_id is not null and o.kind <> 'deleted'
    union all
    select d.stage_id, coalesce(d.defined_at, '-infinity'), nullif(d.name, '') collate "default",
           nullif(d.pipeline, '') collate "default", d.position, true, d.is_deleted,
           length(d.event_id), d.event_id collate "default"
    from stage_definition d
)

told_stage as (
    select w.stage_id,
           (array_agg(w.name order by w.at desc, w.name collate "C" desc)
               filter (where w.name is not null))[1] as name,
           (array_agg(w.pipeline order by w.at desc, w.pipeline collate "C" desc)
               filter (where w.pipeline is not null))[1] as pipeline,
           (array_agg(w.position order by w.at desc, w.event_size desc, w.event_id collate "C" desc)
               filter (where w.position is not null))[1] as source_position,
           (array_agg(w.deletes order by w.at desc, w.event_size desc, w.event_id collate "C" desc)
               filter (where w.defines))[1] as is_deleted
    from stage_word w
    group by w.stage_id
)

expected_stage as (
    select t.stage_id, coalesce(s.own_name, t.name, t.stage_id collate "default") as name,
           coalesce(s.own_pipeline, t.pipeline, '') as pipeline, t.source_position, coalesce(t.is_deleted, false) as is_deleted
    from told_stage t
    left join stage s on s.stage_id = t.stage_id
    where not exists (select from pending_mark_of_any)
)

-- The table may hold more: stages that a person has added, and those that no observation names any more.
stored_stage as (
    select s.stage_id, s.name, s.pipeline, s.source_position, s.is_deleted
    from stage s
    where exists (select from expected_stage e where e.stage_id = s.stage_id)
)

-- Their order in a pipeline, by which a stay has advanced or moved back.
stage_number as (
    select s.stage_id, s.pipeline, coalesce(s.position, s.source_position) as position,
           bool_and(s.stage_id ~ '^[0-9]+$') over (partition by s.pipeline) as all_are_numbers
    from stage s
)

stage_place as (
    select s.stage_id, s.pipeline,
           row_number() over (
               partition by s.pipeline
               order by s.position is null, s.position,
                        case when s.all_are_numbers then s.stage_id::numeric end, s.stage_id collate "C") as rank
    from stage_number s
)
