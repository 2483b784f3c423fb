-- Identifiers and literals are quoted so that the server reads back exactly what was put in.
select probe.quoted_name(array[n]) from unnest(array['a', 'Select', 'with "quotes"', '"', 'a.b', ' ', 'ä; drop table x']) as n;
select probe.quoted_name(array['office_a', 'event']);
select n = probe.column_name(n) as same
from unnest(array['a', 'Select', 'with "quotes"', '"', '""', 'a.b', ' ', $$';--$$, 'back\slash', 'ä', repeat('n', 63)]) as n;
create temp table sample as
    select t from unnest(array['', 'a', $$'$$, $$''$$, '\', '\\', $$\'$$, $$'\$$, E'line\nend', $$'; drop table x; --$$,
        repeat('\', 5), repeat($$'$$, 5), $$ä'\$$]) as t;
select t = probe.parsed_text(t) as same, ltrim(probe.quoted_text(t)) = quote_literal(t) as as_quote_literal from sample;
-- Whatever this setting says.
set standard_conforming_strings = off;
set escape_string_warning = off;
select bool_and(t = probe.parsed_text(t)) as same from sample;
reset standard_conforming_strings;

-- What cannot be a name is refused.
select code, message from probe.diagnosed($$select probe.quoted_name('{""}')$$);
select code, message from probe.diagnosed($$select probe.quoted_name('{a,""}')$$);
select code, message from probe.diagnosed($$select probe.quoted_name(array[repeat('n', 64)])$$);

-- Numbers cannot glue to an operator, and lists are joined.
select probe.built_statement(5);
select probe.built_statement(-9223372036854775808);
