-- The stages, from all observations and definitions: the newest word counts. What a person has set wins.
-- compared by stage_id

stage_word as (
    select o.stage_id, o.occurred_at as at, nullif(o.stage, '') as name, nullif(o.pipeline, '') as pipeline,
           null::bigint as position, false as defines, false as deletes, null::text[] collate "C" as event
    from observation o
    where o.stage_id is not null and o.kind <> 'deleted'
    union all
    select d.stage_id, coalesce(d.defined_at, '-infinity'), nullif(d.name, '') collate "default",
           nullif(d.pipeline, '') collate "default", d.position, true, d.is_deleted,
           case when d.event_id ~ '^[0-9]+$'
                then array['number', lpad(length(ltrim(d.event_id, '0'))::text, 3, '0'), ltrim(d.event_id, '0')]
                else array['text', '', ''] end || d.event_id || d.origin
    from stage_definition d
)

told_stage as (
    select w.stage_id,
           (array_agg(w.name order by w.at desc, w.name collate "C" desc)
               filter (where w.name is not null))[1] as name,
           (array_agg(w.pipeline order by w.at desc, w.pipeline collate "C" desc)
               filter (where w.pipeline is not null))[1] as pipeline,
           (array_agg(w.position order by w.at desc, w.event desc)
               filter (where w.position is not null))[1] as source_position,
           (array_agg(w.deletes order by w.at desc, w.event desc)
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

-- Their order in a pipeline, by which a stay has advanced or moved back: by position; one without a position stands behind
-- the one with a position before it in the order of ids, in front where there is none.
stage_number as (
    select s.stage_id, s.pipeline, coalesce(s.position, s.source_position) as position,
           bool_and(s.stage_id ~ '^[0-9]+$') over (partition by s.pipeline) as all_are_numbers
    from stage s
)

stage_by_id as (
    select s.stage_id, s.pipeline, s.position,
           row_number() over (
               partition by s.pipeline
               order by case when s.all_are_numbers then s.stage_id::numeric end, s.stage_id collate "C") as id_no
    from stage_number s
)

stage_leader as (
    select s.*, max(s.id_no) filter (where s.position is not null) over (partition by s.pipeline order by s.id_no) as leader_no
    from stage_by_id s
)

stage_place as (
    select s.stage_id, s.pipeline,
           row_number() over (
               partition by s.pipeline
               order by leader.position nulls first, leader.id_no nulls first, s.id_no) as rank
    from stage_leader s
    left join stage_by_id leader on leader.pipeline = s.pipeline and leader.id_no = s.leader_no
)
