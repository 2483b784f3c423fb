-- However late, repeated and out of order the events of leads come, and whatever is refreshed,
-- rebuilt and defined anew in between: every refresh ends in what crm_verify computes, and every
-- order of delivery ends in the same bytes. Random histories; HISTORIES says how many, and
-- HISTORY_SEED which. One that fails is printed as the statements that replay it.
\set ECHO none
set client_min_messages = warning;
create extension if not exists pgtap;
create extension if not exists pgcrm;
\ir include/histories.psql
\set histories 1000
\set seed pgcrm
\getenv histories HISTORIES
\getenv seed HISTORY_SEED

select plan(11);
select diag(format('%s histories of seed "%s"', :histories, :'seed'));

select format('call history.check_many(%L, %s, %s)', :'seed', first, last),
       format('select ok(history.all_are_right(%1$s, %2$s), ''histories %1$s to %2$s'')', first, last)
from generate_series(0, 9) tenth,
     lateral (select tenth * :histories / 10 + 1 as first, (tenth + 1) * :histories / 10 as last) part
\gexec

select set_eq('select distinct unnest(reached) from history.done', array[
    'advanced', 'moved_back', 'handed_off', 'won', 'lost', 'cancelled', 'deleted', 'open',
    'reopened', 'inferred', 'second life', 'entered again', 'no length', 'over a month',
    'no owner', 'amount changed', 'stage by name'], 'the histories reach every outcome and every kind of stay');

select diag(format(e'history %s\n%s\nto replay it, make account "office" and run in one transaction:\n%s;',
                   history, problem, array_to_string(script, e';\n')))
from history.failure
order by history;
select finish();
