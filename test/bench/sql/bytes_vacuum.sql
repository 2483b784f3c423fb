-- Both sides as they lie after the day's work: refreshed, and the dead rows of it given back.
select outcome, leads, observations, message from crm_refresh('bench');
vacuum (analyze) rig.handler, bench.step_changed, bench.observation, bench.pending;
