-- user_scope, settings_scope and attempt nest in every order, and each level is
-- found as it was left, after a success and after an error.
-- u: user, s: settings, a: attempt; the innermost fails.
select probe.nesting('ua', 'unique');
select probe.nesting('au', 'unique');
select probe.nesting('usa', 'nested_twice');
select probe.nesting('aus', 'plpgsql');
select probe.nesting('uau', 'trigger');
select probe.nesting('sas', 'call');
select probe.nesting('usausa', 'island');
select probe.nesting('asua', 'spi');

-- Errors that nobody survives: to a handler in SQL, and to the top.
select nesting, code, current_user = session_user as is_me, current_setting('search_path') as search_path,
    current_setting('work_mem') as work_mem
from unnest(array['u', 's', 'us', 'su', 'usus', 'aus', 'usa', 'uaus']) as nesting,
    probe.diagnosed(format('select probe.nesting(%L, ''error'')', nesting));
\set VERBOSITY sqlstate
select probe.nesting('us', 'error');
select probe.nesting('us', 'unique');
select probe.nesting('usausa', 'error');
begin;
savepoint before;
select probe.nesting('us', 'nested');
rollback to before;
select current_user = session_user as is_me, current_setting('search_path') as search_path,
    current_setting('work_mem') as work_mem;
commit;
select current_user = session_user as is_me, current_setting('search_path') as search_path,
    current_setting('work_mem') as work_mem;

-- What runs as the owner cannot leave settings, roles, tables or deferred work behind.
select probe.run_as('probe_user', $$set work_mem = '2MB'$$);
select probe.run_as('probe_user', $$set local work_mem = '2MB'$$);
select probe.run_as('probe_user', $$select set_config('search_path', 'evil', false)$$);
select current_setting('search_path') as search_path, current_setting('work_mem') as work_mem;
select probe.run_as('probe_user', 'set role probe_owner');
select probe.run_as('probe_user', 'reset role');
select probe.run_as('probe_user', 'set session authorization default');
select probe.run_as('probe_user', 'create temp table left_behind ()');
select probe.run_as('probe_user', 'declare left_behind cursor with hold for select 1');
select probe.run_as('probe_user', 'listen left_behind');
-- He has his own rights and not those of the caller.
select probe.run_as('probe_user', 'select * from probe.kept');
select probe.run_as('probe_user', 'insert into probe.guarded values (3)');
select probe.run_as('probe_owner', 'delete from probe.guarded');
-- Names that are not qualified are the server's own.
create function public.length(text) returns int language sql as 'select -1';
select probe.run_as('probe_user', $$select 1 / (length('a') - 1)$$);
drop function public.length(text);

-- Questions about roles.
select probe.rights_of('probe_user');
grant probe_owner to probe_user;
grant select on probe.kept to probe_owner;
select probe.rights_of('probe_user');
revoke select on probe.kept from probe_owner;
select (probe.rights_of(session_user)).is_superuser;

revoke probe_owner from probe_user;
select probe.witnesses() as alive;
