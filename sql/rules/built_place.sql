-- The places of stages that the stays were built with: outcomes and pipelines of stays follow from them. A change of the order
-- counts from the next refresh on.

built_place as (
    select s.stage_id, s.built_pipeline as pipeline, s.built_rank as rank
    from stage s
    where s.built_pipeline is not null and s.built_rank is not null
)

-- One row says so, with the places in those pipelines in which they differ.
place_that_differs as (
    select coalesce(b.pipeline, n.pipeline) as pipeline, b.stage_id as built_id, b.rank as built_rank, n.stage_id as now_id, n.rank as now_rank
    from built_place b
    full join stage_place n using (stage_id, pipeline)
    where coalesce(b.pipeline, n.pipeline) in (
        select coalesce(p.pipeline, q.pipeline)
        from built_place p
        full join stage_place q using (stage_id, pipeline)
        where p.rank is distinct from q.rank)
)

difference_stage_order as (
    select 'account', x.account, 'stage_order',
           string_agg(d.pipeline || ' ' || d.built_rank || ': ' || d.built_id, ', ' order by d.pipeline collate "C", d.built_rank, d.built_id),
           string_agg(d.pipeline || ' ' || d.now_rank || ': ' || d.now_id, ', ' order by d.pipeline collate "C", d.now_rank, d.now_id)
    from settings x
    cross join place_that_differs d
    where x.built_time_zone is not null
    group by x.account
)
