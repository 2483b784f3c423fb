-- An error of the server that was caught without rolling back its subtransaction
-- leaves the server in the state of the error.  The boundary refuses to go on.
select probe.swallow_error();
select probe.swallow_error() from generate_series(1, 3);
-- The session is fine afterwards.
select probe.outcome('session', 'spi'), probe.witnesses() as alive;
