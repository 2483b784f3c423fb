-- Each type comes in and goes out as it was.
select probe.echo(true), probe.echo(false);
select probe.echo(n) from unnest(array[-32768, -1, 0, 32767]::smallint[]) as n;
select probe.echo(n) from unnest(array[-2147483648, 2147483647]::integer[]) as n;
select probe.echo(n) from unnest(array[-9223372036854775808, 0, 9223372036854775807]) as n;
select probe.echo(n) from unnest(array['-Infinity', 'NaN', 1.5e38, 1e-40]::real[]) as n;
select probe.echo(n) from unnest(array['Infinity', 'NaN', 1.7e308, 5e-324]::double precision[]) as n;
select probe.echo(4294967295::oid), probe.echo('pg_class'::regclass), probe.echo('a name'::name);
select length(probe.echo(repeat('n', 63)::name)::text);

-- Text of the lengths where its header changes; NULL only where it is asked for.
select size, probe.echo(repeat('x', size)) = repeat('x', size) as text,
    probe.echo_string(repeat('x', size)) = repeat('x', size) as string,
    probe.echo(repeat('x', size)::bytea) = repeat('x', size)::bytea as bytea, (probe.measure(repeat('x', size))).size
from unnest(array[0, 1, 2, 125, 126, 127, 128, 8000, 1000000]) as size;
select probe.echo('äöü €'), length(probe.echo('äöü €')), (probe.measure('äöü €')).size;
select probe.echo(null::text) is null as strict, probe.echo_optional(null) is null as optional,
    probe.echo_optional('') = '' as empty_is_not_null;
select probe.echo('\x00ff005c'::bytea);

-- The same bytes from a table: short header, compressed in the row, compressed and
-- plain outside of it.
create temp table stored (how text, body text, raw bytea);
alter table stored alter column raw set storage external;
insert into stored values ('short', 'short', 'short'),
    ('compressed', repeat('compress', 500), repeat('compress', 100)::bytea),
    ('outside', (select string_agg(md5(n::text), '') from generate_series(1, 1000) as n), repeat('0123', 50000)::bytea);
select how, pg_column_size(body) < octet_length(body) as body_is_compressed, (m).size = octet_length(body) as size,
    (m).checksum = (probe.measure(body || '')).checksum as checksum, (r).size = length(raw) as raw_size,
    (r).checksum = (probe.measure(raw || '')).checksum as raw_checksum, probe.echo(body) = body as echo
from (select how, body, raw, probe.measure(body) as m, probe.measure(raw) as r from stored) as s;

-- numeric is exact at any size.
select probe.echo(n) = n as same, length(n::text)
from unnest(array[repeat('9', 500)::numeric, ('0.' || repeat('1', 500))::numeric,
    (repeat('123456789', 60) || '.' || repeat('987654321', 30))::numeric]) as n;
select probe.echo(n) from unnest(array['NaN', 'Infinity', '-Infinity', '0', '-0.000', '1e30', '1.10']::numeric[]) as n;

-- Times, infinite ones too; the Unix epoch and both ends.
set timezone = 'UTC';
select t, probe.echo(t) = t as same
from unnest(array['-infinity', 'infinity', '4714-11-24 00:00 BC', '294276-12-31 23:59:59.999999',
    '1999-12-31 23:59:59.999999', '2000-01-01']::timestamptz[]) as t;
select d, probe.echo(d) = d as same
from unnest(array['-infinity', 'infinity', '4714-11-24 BC', '5874897-12-31', '2000-01-01']::date[]) as d;
select i, probe.echo(i)::text = i::text as same
from unnest(array['0', '1 month -31 days 24:00:00.000001', '-178000000 years', '1 year 2 days -03:04:05']::interval[]) as i;
select probe.unix_micros('1970-01-01'), probe.unix_micros('2024-02-29 12:34:56.789012'),
    probe.unix_micros('1969-12-31 23:59:59.999999');
select probe.from_unix_micros(n) from unnest(array[0, -1, 1709210096789012, 9223372036854775807]) as n;
select probe.unix_days('1970-01-01'), probe.unix_days('2024-02-29'), probe.unix_days('1900-03-01'),
    probe.unix_days('5874897-12-31');
select probe.from_unix_days(n) from unnest(array[0, -1, 19782, 2145042905, -2440588]) as n;
select probe.chrono_agrees(now(), current_date), probe.chrono_agrees('1850-01-01', '1850-01-01');
select probe.finiteness('infinity', '-infinity'), probe.finiteness('-infinity', 'infinity'),
    probe.finiteness('2000-01-01', '2000-01-01');
select probe.unix_micros('infinity');
select probe.unix_days('-infinity');
select probe.unix_micros('294276-12-31');
select probe.from_unix_micros(-9223372036854775808);
select probe.from_unix_days(9223372036854775807);
select probe.from_unix_days(2145042906);
select probe.from_unix_days(-2440589);

-- jsonb by way of its text.
select probe.echo(j) = j as same, probe.echo_jsonb_view(j) = j as view, j
from unnest(array['null', '[]', '{"a": {"b": [1, 2.50, "\u00e4 \" \\", true]}}', '"x"',
    '12345678901234567890.123456789']::jsonb[]) as j;
select probe.echo(big) = big as same, length(big::text)
from (select jsonb_object_agg(n, repeat('x', 100)) as big from generate_series(1, 2000) as n) as s;

-- What cannot be a value is refused by us or by the server, with its SQLSTATE.
select code, message, detail, hint from probe.diagnosed('select probe.text_with_zero_byte()');
select code, message, detail, hint from probe.diagnosed('select probe.not_a_number()');
select code, message, detail, hint from probe.diagnosed('select probe.not_json()');
select code, message, detail, hint from probe.diagnosed('select probe.long_name()');
select code, message, detail, hint from probe.diagnosed('select probe.huge_text()');

-- NULL where none is expected.
select probe.null_inside(1);
select code, message from probe.diagnosed('select probe.null_inside(null)');
