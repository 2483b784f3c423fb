-- An error of the server that was caught without rolling back its subtransaction
-- leaves the server in the state of the error.  The boundary refuses to go on.
select probe.swallow_error();
select probe.swallow_error() from generate_series(1, 3);
-- An attempt does not commit it either.
select probe.swallow_inside_attempt();
select count(*) as rolled_back from probe.kept;
-- The session is fine afterwards.
select probe.outcome('session', 'spi'), probe.witnesses() as alive;
