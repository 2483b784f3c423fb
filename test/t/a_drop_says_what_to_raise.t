#!/usr/bin/env bash
# Dropping accounts with their data takes some hundred locks for each. Where the server has no room for them, the error
# says what to do, and nothing is dropped.
. "$(dirname "$0")/lib/tap.sh"

make_database life_locks
account_with_history life_locks

# As many locks as the server gives, but for the last hundred.
take_locks='do $$
declare
    taken int := 0;
begin
    loop
        perform pg_advisory_xact_lock(taken + n) from generate_series(1, 100) n;
        taken := taken + 100;
    end loop;
exception when out_of_memory then
    perform pg_advisory_xact_lock(n) from generate_series(1, taken) n;
end $$'
like "$(sql life_locks "begin; $take_locks; select crm_account_drop('office', false)")" \
    "ERROR:  53200: *DETAIL:  A drop keeps a lock *HINT:  Drop fewer accounts in one transaction, or raise max_locks_per_transaction *" \
    'a drop without room for its locks says what to raise'
is "$(verify life_locks)" '' 'the account is as it was'
is "$(sql life_locks "select crm_account_drop('office', false)")" '' 'by itself it is dropped'
is "$(sql life_locks "select count(*) from pg_namespace where nspname = 'office'")" 0 'with its data'
done_testing
