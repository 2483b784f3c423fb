-- Prints seconds|observations.
checkpoint;
select clock_timestamp() as started_at \gset
select observations from crm_rebuild('bench') \gset
select extract(epoch from clock_timestamp() - :'started_at'), :observations;
