-- crm_verify: silver and gold computed again, by a path that shares nothing with the engine.

create or replace function @extschema@.crm_verify(
    account text,
    out relation text,
    out key text,
    out column_name text,
    out stored text,
    out expected text)
returns setof record
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_verify';
comment on function @extschema@.crm_verify(text) is
    'Compares observations and definitions with events, recomputes stays, stages, marts and what was reported of an account by plain SQL, and returns every cell that differs; empty when all is right. Leads that wait for a refresh are counted in one row of relation "pending" and not compared; observations whose stream was dropped are listed in relation "no stream"';
