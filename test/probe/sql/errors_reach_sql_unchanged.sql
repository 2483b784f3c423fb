-- An error keeps its SQLSTATE, message, detail, hint, context and names on its way
-- through our frames, whoever raised it.
\set VERBOSITY default

-- Ours: thrown in C++, all fields.
select probe.fail('plain', 'error');
-- Standard exceptions get the SQLSTATE of their class.
select kind, (probe.diagnosed(format('select probe.fail(''plain'', %L)', kind))).*
from unnest(array['invalid_argument', 'length_error', 'bad_alloc', 'runtime_error', 'not_an_exception']) as kind;
-- Texts that could hurt on their way: formats, bytes that are no text, a zero byte, nothing, three megabytes.
select kind, (probe.diagnosed(format('select probe.fail(''plain'', %L)', kind))).*
from unnest(array['percent', 'bad_utf8', 'zero_byte', 'empty_message']) as kind;
select code, length(message), md5(message) = md5(repeat('m', length(message))) as same
from probe.diagnosed($$select probe.fail('plain', 'long_message')$$);

-- The server's: by a call, from an island, out of SQL, from a trigger.
select probe.fail('plain', 'call');
select probe.fail('plain', 'island');
select probe.fail('plain', 'spi');
select probe.fail('plain', 'syntax');
select probe.fail('plain', 'trigger');
select probe.fail('plain', 'trigger_of_ours');
select probe.fail('plain', 'unique');
-- Two deep: our function, SQL, our function, SQL, our function.  Each adds its lines once.
select probe.fail('plain', 'nested_twice');
select probe.fail('plain', 'plpgsql');

-- The same seen by a caller in SQL, with the names that belong to the error.
select kind, d.code, d.message, d.detail, d.hint, d.schema_name, d.table_name, d.constraint_name
from unnest(array['error', 'trigger', 'unique']) as kind,
    probe.diagnosed(format('select probe.fail(''rows'', %L)', kind)) as d;

-- The same seen by C++ after the subtransaction is gone.
select kind, f.code, f.message, f.detail, f.hint, f.schema_name, f.table_name, f.constraint_name
from unnest(array['trigger', 'unique']) as kind, probe.fields_of(kind) as f;
select (probe.fields_of('trigger')).context;

-- \errverbose leads to the line that threw.
select * from probe.location_of('error');
select file from probe.location_of('call');

-- Unknown names are an error of the caller.
select probe.fail('plain', 'no such kind');
