-- Streams of one's own: mappings written and taken back.

create or replace function @extschema@.crm_stream_define(source text, mapping jsonb, ordinal integer default null)
returns void
language c volatile parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_stream_define';
comment on function @extschema@.crm_stream_define(text, jsonb, integer) is
    'Writes a stream of a source, a new one or in the place of the one of that name, and brings the tables of the accounts of that source up to date; a faulty mapping is refused with every fault. Streams are tried by ordinal, a new one without it last';

create or replace function @extschema@.crm_stream_drop(source text, stream text)
returns void
language c volatile strict parallel unsafe
set search_path = pg_catalog, pg_temp
as 'MODULE_PATHNAME', 'pgcrm_stream_drop';
comment on function @extschema@.crm_stream_drop(text, text) is
    'Takes a stream that crm_stream_define has written out of its source; a shipped one of the same name counts again. The tables of accounts stay with their events';
