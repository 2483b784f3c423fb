\echo Use "CREATE EXTENSION pgcxx_probe" to load this file. \quit

-- errors.cpp
create function probe.fail(frame text, kind text) returns text strict language c as 'MODULE_PATHNAME', 'probe_fail';
create function probe.frames() returns setof text language c as 'MODULE_PATHNAME', 'probe_frames';
create function probe.kinds() returns setof text language c as 'MODULE_PATHNAME', 'probe_kinds';
create function probe.witnesses() returns bigint parallel safe language c as 'MODULE_PATHNAME', 'probe_witnesses';
create function probe.swallow_error() returns text language c as 'MODULE_PATHNAME', 'probe_swallow_error';
create function probe.swallow_inside_attempt() returns text
    language c as 'MODULE_PATHNAME', 'probe_swallow_inside_attempt';
create function probe.location_of(kind text, out file text, out function text)
    strict language c as 'MODULE_PATHNAME', 'probe_location_of';
create function probe.fields_of(kind text, out code text, out message text, out detail text, out hint text,
    out context text, out schema_name text, out table_name text, out constraint_name text)
    strict language c as 'MODULE_PATHNAME', 'probe_fields_of';

-- Fails in a parallel worker when `n` is the unlucky one.
create function probe.fail_at(n bigint, unlucky bigint, kind text) returns bigint
    language plpgsql parallel safe as $$
begin
    if n = unlucky then
        perform probe.fail_in_worker('recursion', kind);
    end if;
    return n;
end $$;
create function probe.fail_in_worker(frame text, kind text) returns text strict parallel safe
    language c as 'MODULE_PATHNAME', 'probe_fail';

create function probe.plpgsql_calls(frame text, kind text) returns text language plpgsql as $$
declare
    result text;
begin
    execute 'select probe.fail($1, $2)' into result using frame, kind;
    return result;
end $$;

-- What became of a failure, as a caller in SQL sees it.
create function probe.outcome(frame text, kind text) returns text language plpgsql as $$
begin
    return probe.fail(frame, kind);
exception
    when others then
        return 'raised ' || sqlstate;
end $$;

-- What a caller in SQL can learn of an error.
create function probe.diagnosed(command text, out code text, out message text, out detail text, out hint text,
    out context text, out schema_name text, out table_name text, out constraint_name text) language plpgsql as $$
begin
    execute command;
    code := 'none';
exception
    when others then
        get stacked diagnostics code = returned_sqlstate, message = message_text, detail = pg_exception_detail,
            hint = pg_exception_hint, context = pg_exception_context, schema_name = schema_name,
            table_name = table_name, constraint_name = constraint_name;
end $$;

create function probe.raise(code text) returns void
    strict language c as 'MODULE_PATHNAME', 'probe_raise';

create function probe.raise_in_plpgsql(code text) returns void language plpgsql as $$
begin
    if code = 'P0004' then
        assert false, 'asserted on request';
    elsif code like 'passed on %' then
        perform probe.raise(right(code, 5));
    end if;
    raise exception using errcode = code, message = 'raised on request';
exception when sqlstate '53100' or query_canceled then
    raise;
end $$;

create function probe.run(command text) returns void language plpgsql as $$
begin
    execute command;
end $$;

create table probe.guarded (id int constraint guarded_id_is_unique unique);
insert into probe.guarded values (0);
grant usage on schema probe to public;
grant select, insert on probe.guarded to public;
create function probe.guard() returns trigger language plpgsql as $$
begin
    if new.id = 1 then
        raise exception using errcode = 'PR001', message = 'one is not welcome', detail = 'It came alone.',
            hint = 'Try two.', schema = 'probe', table = 'guarded', constraint = 'no_one';
    elsif new.id = 2 then
        perform probe.fail('rows', 'error');
    end if;
    return new;
end $$;
create trigger guard before insert on probe.guarded for each row execute function probe.guard();

-- interrupts.cpp
create function probe.spin(frame text) returns void strict language c as 'MODULE_PATHNAME', 'probe_spin';
create function probe.sleep(frame text) returns void strict language c as 'MODULE_PATHNAME', 'probe_sleep';
create function probe.cancel_while_reading_rows() returns bigint
    language c as 'MODULE_PATHNAME', 'probe_cancel_while_reading_rows';
create function probe.cancel_while_fetching() returns bigint
    language c as 'MODULE_PATHNAME', 'probe_cancel_while_fetching';

-- memory.cpp
create function probe.resident_bytes() returns bigint language c as 'MODULE_PATHNAME', 'probe_resident_bytes';
create function probe.growth_of_session(statements int) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_growth_of_session';
create function probe.growth_of_plans(plans int, releases boolean) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_growth_of_plans';
create function probe.owned_by_context(out made bigint, out after_reset bigint, out after_end bigint)
    language c as 'MODULE_PATHNAME', 'probe_owned_by_context';
create function probe.constructor_fails() returns bigint language c as 'MODULE_PATHNAME', 'probe_constructor_fails';
create table probe.toasted (body text);
alter table probe.toasted alter column body set storage external;
insert into probe.toasted select repeat('0123456789', 10000) from generate_series(1, 3);

-- scopes.cpp
create table probe.kept (word text);
create function probe.nesting(scopes text, kind text) returns setof text
    strict language c as 'MODULE_PATHNAME', 'probe_nesting';
create function probe.run_as(role_name text, command text) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_run_as';
create function probe.attempt_sqlstate(code text) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_attempt_sqlstate';

create function probe.attempt_plpgsql(code text) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_attempt_plpgsql';
create function probe.attempt_keeps_the_rest(kind text) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_attempt_keeps_the_rest';
create function probe.attempt_commits() returns text language c as 'MODULE_PATHNAME', 'probe_attempt_commits';
create function probe.attempt_passes(kind text) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_attempt_passes';
create function probe.attempt_many(times int) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_attempt_many';
create function probe.rights_of(role_name text, out is_superuser boolean, out has_privs_of_owner boolean,
    out may_use_schema boolean, out owns_schema boolean, out may_select boolean, out finds_what_is_not boolean,
    out names_agree boolean) strict language c as 'MODULE_PATHNAME', 'probe_rights_of';

-- values.cpp
create function probe.echo(boolean) returns boolean strict language c as 'MODULE_PATHNAME', 'probe_echo_bool';
create function probe.echo(smallint) returns smallint strict language c as 'MODULE_PATHNAME', 'probe_echo_int2';
create function probe.echo(integer) returns integer strict language c as 'MODULE_PATHNAME', 'probe_echo_int4';
create function probe.echo(bigint) returns bigint strict language c as 'MODULE_PATHNAME', 'probe_echo_int8';
create function probe.echo(real) returns real strict language c as 'MODULE_PATHNAME', 'probe_echo_float4';
create function probe.echo(double precision) returns double precision
    strict language c as 'MODULE_PATHNAME', 'probe_echo_float8';
create function probe.echo(oid) returns oid strict language c as 'MODULE_PATHNAME', 'probe_echo_oid';
create function probe.echo(regclass) returns regclass strict language c as 'MODULE_PATHNAME', 'probe_echo_regclass';
create function probe.echo(name) returns name strict language c as 'MODULE_PATHNAME', 'probe_echo_name';
create function probe.echo(text) returns text strict language c as 'MODULE_PATHNAME', 'probe_echo_text';
create function probe.echo_string(text) returns text strict language c as 'MODULE_PATHNAME', 'probe_echo_string';
create function probe.echo(bytea) returns bytea strict language c as 'MODULE_PATHNAME', 'probe_echo_bytea';
create function probe.echo(jsonb) returns jsonb strict language c as 'MODULE_PATHNAME', 'probe_echo_jsonb';
create function probe.echo_jsonb_view(jsonb) returns jsonb
    strict language c as 'MODULE_PATHNAME', 'probe_echo_jsonb_view';
create function probe.echo(numeric) returns numeric strict language c as 'MODULE_PATHNAME', 'probe_echo_numeric';
create function probe.echo(timestamptz) returns timestamptz
    strict language c as 'MODULE_PATHNAME', 'probe_echo_timestamptz';
create function probe.echo(date) returns date strict language c as 'MODULE_PATHNAME', 'probe_echo_date';
create function probe.echo(interval) returns interval
    strict language c as 'MODULE_PATHNAME', 'probe_echo_interval';
create function probe.echo_optional(text) returns text language c as 'MODULE_PATHNAME', 'probe_echo_optional';
create function probe.measure(text, out size bigint, out checksum bigint)
    strict language c as 'MODULE_PATHNAME', 'probe_measure_text';
create function probe.measure(bytea, out size bigint, out checksum bigint)
    strict language c as 'MODULE_PATHNAME', 'probe_measure_bytea';
create function probe.unix_micros(timestamptz) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_unix_micros';
create function probe.from_unix_micros(bigint) returns timestamptz
    strict language c as 'MODULE_PATHNAME', 'probe_from_unix_micros';
create function probe.unix_days(date) returns integer strict language c as 'MODULE_PATHNAME', 'probe_unix_days';
create function probe.from_unix_days(bigint) returns date
    strict language c as 'MODULE_PATHNAME', 'probe_from_unix_days';
create function probe.chrono_agrees(timestamptz, date) returns boolean
    strict language c as 'MODULE_PATHNAME', 'probe_chrono_agrees';
create function probe.finiteness(timestamptz, date) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_finiteness';
create function probe.list(text[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_list_text';
create function probe.list(bigint[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_list_int8';
create function probe.list(bytea[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_list_bytea_sizes';
create function probe.list(numeric[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_list_numeric';
create function probe.list(jsonb[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_list_jsonb';
create function probe.again(boolean[]) returns boolean[] strict language c as 'MODULE_PATHNAME', 'probe_again_bool';
create function probe.again(integer[]) returns integer[] strict language c as 'MODULE_PATHNAME', 'probe_again_int4';
create function probe.again(bigint[]) returns bigint[] strict language c as 'MODULE_PATHNAME', 'probe_again_int8';
create function probe.again(double precision[]) returns double precision[]
    strict language c as 'MODULE_PATHNAME', 'probe_again_float8';
create function probe.again(text[]) returns text[] strict language c as 'MODULE_PATHNAME', 'probe_again_text';
create function probe.again(bytea[]) returns bytea[] strict language c as 'MODULE_PATHNAME', 'probe_again_bytea';
create function probe.again(timestamptz[]) returns timestamptz[]
    strict language c as 'MODULE_PATHNAME', 'probe_again_timestamptz';
create function probe.again(date[]) returns date[] strict language c as 'MODULE_PATHNAME', 'probe_again_date';
create function probe.again(numeric[]) returns numeric[] strict language c as 'MODULE_PATHNAME', 'probe_again_numeric';
create function probe.again(jsonb[]) returns jsonb[] strict language c as 'MODULE_PATHNAME', 'probe_again_jsonb';
create function probe.alternate(integer) returns boolean[] strict language c as 'MODULE_PATHNAME', 'probe_alternate';
create function probe.words(integer) returns text[] strict language c as 'MODULE_PATHNAME', 'probe_words';
create function probe.text_with_zero_byte() returns text language c as 'MODULE_PATHNAME', 'probe_text_with_zero_byte';
create function probe.not_a_number() returns numeric language c as 'MODULE_PATHNAME', 'probe_not_a_number';
create function probe.not_json() returns jsonb language c as 'MODULE_PATHNAME', 'probe_not_json';
create function probe.long_name() returns name language c as 'MODULE_PATHNAME', 'probe_long_name';
create function probe.huge_text() returns text language c as 'MODULE_PATHNAME', 'probe_huge_text';
create function probe.null_inside(integer) returns text language c as 'MODULE_PATHNAME', 'probe_null_inside';

-- sets.cpp
create function probe.numbers(bigint) returns setof bigint strict language c as 'MODULE_PATHNAME', 'probe_numbers';
create function probe.described_numbers(bigint)
    returns table (n bigint, described text, unless_third text, copies text[])
    strict language c as 'MODULE_PATHNAME', 'probe_described_numbers';
create function probe.cancelled_rows(rows bigint, at bigint) returns table (n bigint, filler text)
    strict language c as 'MODULE_PATHNAME', 'probe_cancelled_rows';
create function probe.failing_rows(rows bigint, at bigint) returns table (n bigint, filler text)
    strict language c as 'MODULE_PATHNAME', 'probe_failing_rows';
create function probe.one_column() returns table (word text) language c as 'MODULE_PATHNAME', 'probe_one_column';
create type probe.sign as (n integer, sign text);
create function probe.one_row(integer) returns probe.sign strict language c as 'MODULE_PATHNAME', 'probe_one_row';
create function probe.maybe_row(integer, out n integer, out sign text)
    strict language c as 'MODULE_PATHNAME', 'probe_maybe_row';
create function probe.any_row(integer) returns record strict language c as 'MODULE_PATHNAME', 'probe_one_row';
create function probe.relation_names() returns table (name text, size bigint)
    language c as 'MODULE_PATHNAME', 'probe_relation_names';

-- statements.cpp
create table probe.bulk (id bigint primary key, word text, body bytea, at timestamptz);
create function probe.quoted_name(text[]) returns text strict language c as 'MODULE_PATHNAME', 'probe_quoted_name';
create function probe.quoted_text(text) returns text strict language c as 'MODULE_PATHNAME', 'probe_quoted_text';
create function probe.parsed_text(text) returns text strict language c as 'MODULE_PATHNAME', 'probe_parsed_text';
create function probe.column_name(text) returns text strict language c as 'MODULE_PATHNAME', 'probe_column_name';
create function probe.built_statement(bigint) returns text
    strict language c as 'MODULE_PATHNAME', 'probe_built_statement';
create function probe.wrong_column_type() returns void language c as 'MODULE_PATHNAME', 'probe_wrong_column_type';
create function probe.wrong_column_count() returns void language c as 'MODULE_PATHNAME', 'probe_wrong_column_count';
create function probe.no_rows_at_all() returns void language c as 'MODULE_PATHNAME', 'probe_no_rows_at_all';
create function probe.unexpected_null() returns void language c as 'MODULE_PATHNAME', 'probe_unexpected_null';
create function probe.no_such_row() returns void language c as 'MODULE_PATHNAME', 'probe_no_such_row';
create function probe.run_text(text) returns void strict language c as 'MODULE_PATHNAME', 'probe_run_text';
create function probe.run_copy() returns void language c as 'MODULE_PATHNAME', 'probe_run_copy';
create function probe.run_commit() returns void language c as 'MODULE_PATHNAME', 'probe_run_commit';
create function probe.keep_plan(again boolean) returns text strict language c as 'MODULE_PATHNAME', 'probe_keep_plan';
create function probe.use_plan(first bigint, count integer) returns table (id bigint, word text)
    strict language c as 'MODULE_PATHNAME', 'probe_use_plan';
create function probe.too_few_parameters() returns bigint
    language c as 'MODULE_PATHNAME', 'probe_too_few_parameters';
create function probe.release_plan() returns void language c as 'MODULE_PATHNAME', 'probe_release_plan';
create function probe.kept_plan(bigint, text) returns bigint language c as 'MODULE_PATHNAME', 'probe_kept_plan';
create function probe.failing_kept_plan() returns integer language c as 'MODULE_PATHNAME', 'probe_failing_kept_plan';
create function probe.pages(total integer, page_size integer) returns bigint[]
    strict language c as 'MODULE_PATHNAME', 'probe_pages';
create function probe.cursor_closed_by_sql() returns text
    language c as 'MODULE_PATHNAME', 'probe_cursor_closed_by_sql';
create function probe.cursor_over_plan(first bigint) returns bigint
    strict language c as 'MODULE_PATHNAME', 'probe_cursor_over_plan';
create function probe.sees_own_writes() returns bigint language c as 'MODULE_PATHNAME', 'probe_sees_own_writes';
create function probe.speak(level text) returns void strict language c as 'MODULE_PATHNAME', 'probe_speak';
create function probe.clocks(out agree boolean, out run boolean) language c as 'MODULE_PATHNAME', 'probe_clocks';
create function probe.read_committed() returns boolean language c as 'MODULE_PATHNAME', 'probe_read_committed';
