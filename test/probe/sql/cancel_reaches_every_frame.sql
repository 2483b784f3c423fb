-- A cancel ends the statement wherever our code is, and nothing survives it.
\set VERBOSITY terse

-- A loop of ours.
set statement_timeout = '100ms';
select probe.spin('plain');
select probe.spin('recursion');
select probe.spin('rows');
select probe.spin('cursor');
select probe.spin('memory');
select probe.spin('user');
select probe.spin('attempt');
select probe.spin('attempt_in_user');
select probe.spin('session_in_attempt');
select probe.spin('attempt_in_attempt');
-- The server waits, called by us.
select probe.sleep('plain');
select probe.sleep('session');
select probe.sleep('user_in_attempt');
select probe.sleep('attempt_in_session');
-- Two deep.
select probe.run_text($$select probe.spin('attempt')$$);
select probe.run_text($$select probe.run_text('select probe.sleep(''rows'')')$$);
reset statement_timeout;

-- The request arrives at a known moment.
select probe.cancel_while_reading_rows();
select probe.cancel_while_fetching();
select count(*) from probe.cancelled_rows(100000, 50000);
select count(*) from probe.cancelled_rows(100000, 100000);

select probe.witnesses() as alive, current_user = session_user as is_me;
select count(*) from probe.described_numbers(1000);
