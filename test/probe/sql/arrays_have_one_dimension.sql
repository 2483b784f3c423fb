-- Array arguments are lists of optional values; results are arrays of one dimension.
select probe.list(a) from (values (array['a', null, '', 'long enough to have a header']), ('{}'), ('{null}')) as v(a);
select probe.list('[5:7]={a,b,c}'::text[]) as any_lower_bound;
select probe.list(array[1, null, -9223372036854775808]::bigint[]);
select probe.list(array['\x00', null, '', repeat('b', 100000)]::bytea[]);
select probe.list(array[1.10, 'NaN', null, 1e20]::numeric[]);
select probe.list(array['{"a": 1}', 'null', null]::jsonb[]);
-- A large array, compressed and outside of its row.
create temp table stored as select array_agg(repeat('x', n % 50)) as words from generate_series(1, 20000) as n;
select length(probe.list(words)), md5(probe.list(words)) = md5(probe.list(words || '{}'::text[])) as same from stored;

-- More dimensions are refused, and not read as one.
select code, message from probe.diagnosed($$select probe.list('{{a,b},{c,d}}'::text[])$$);
select code, message from probe.diagnosed($$select probe.list('{{{1}}}'::bigint[])$$);

-- Back and forth.
select probe.again(array[true, null, false]), probe.again('{}'::boolean[]);
select probe.again(array[1, null, -2147483648]::integer[]);
select probe.again(array[1, null, 9223372036854775807]::bigint[]);
select probe.again(array[0.5, null, 'Infinity']::double precision[]);
select probe.again(array['a', null, '', '"quoted", {x}']::text[]), probe.again('{}'::text[]);
select probe.again(array['\x00ff', null, '']::bytea[]);
select probe.again(array['infinity', null, '2000-01-01 00:00:00.000001+00']::timestamptz[])
    = array['infinity', null, '2000-01-01 00:00:00.000001+00']::timestamptz[] as same;
select probe.again(array['-infinity', null, '2024-02-29']::date[]) = array['-infinity', null, '2024-02-29']::date[] as same;
select probe.again(array[1.10, null, 'NaN', 1e20]::numeric[]);
select probe.again(array['{"a": [1]}', null, '"x"']::jsonb[]);
select probe.alternate(5), probe.alternate(0), probe.words(3), probe.words(0);
select array_ndims(probe.words(3)), array_lower(probe.words(3), 1), array_ndims(probe.words(0));
select cardinality(probe.words(100000)), (probe.words(100000))[100000];
select probe.again(words) = words as same from stored;
