-- However late, repeated, contradictory and out of order the events of leads come, and whatever is
-- refreshed, rebuilt and defined anew in between: every refresh ends in what crm_verify computes, and
-- every order of delivery ends in the same bytes. Random histories: HISTORIES says how many, and
-- HISTORY_SEED which. What fails is printed as the statements that replay it.
\ir include/extension.psql
\ir include/histories.psql
\set histories 1000
\set seed pgcrm
\getenv histories HISTORIES
\getenv seed HISTORY_SEED

select plan(12);
select diag(format('%s histories of seed "%s", five to an office', :histories, :'seed'));

select format('call history.check_many(%L, %s, %s)', :'seed', first, last),
       format('select ok(history.all_are_right(%1$s, %2$s), ''offices %1$s to %2$s'')', first, last)
from (select greatest(10, :histories / 5) as offices) o, generate_series(0, 9) tenth,
     lateral (select tenth * offices / 10 + 1 as first, (tenth + 1) * offices / 10 as last) part
\gexec

select set_eq('select distinct unnest(reached) from history.done', array[
    'advanced', 'moved_back', 'handed_off', 'won', 'lost', 'cancelled', 'deleted', 'open',
    'reopened', 'inferred', 'second life', 'entered again', 'no length', 'over a month',
    'no owner', 'amount changed', 'stage by name', 'conflict',
    'changed and deleted', 'deleted and changed', 'confirmed', 'one position of several'], 'they reach every outcome and every kind of stay');

select is((history.play(history.script(:'seed', 1, history.events_of(:'seed', 1))
                        || array['update office.stage_history set owner = ''nobody'' where lead_id = (select min(lead_id) from office.stage_history) and stay_no = 1',
                                 'select crm_refresh(''office'')'])).problem ~ 'stage_history .* owner  stored nobody', true,
          'a stay that was changed by hand is noticed');

select diag(format(e'office %s\n%s\nto replay it, make account "office" and run in one transaction:\n%s;',
                   office, problem, array_to_string(script, e';\n')))
from history.failure
order by office;
select finish();
