-- After the runs: the same events on both sides, and numbers that a recomputation confirms.
select outcome, leads, observations, message from crm_refresh('bench');
do $$
declare
    differing   bigint := (select count(*)
                           from bench.step_changed o
                           full join rig.handler r using (id)
                           where (o.lead_id, o.updated_at_utc, o.lead_step, o.raw_data)
                                 is distinct from (r.lead_id, r.updated_at_utc, r.lead_step, r.raw_data));
    unobserved  bigint := (select count(*) from bench.step_changed) - (select count(*) from bench.observation);
    unconfirmed bigint := (select count(*) from crm_verify('bench'));
begin
    if differing + unobserved + unconfirmed <> 0 then
        raise exception '% events differ, % lack an observation, crm_verify finds % differences',
                        differing, unobserved, unconfirmed;
    end if;
end
$$;
