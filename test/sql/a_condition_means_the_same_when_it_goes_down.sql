-- Conditions of a reader's query go down to each account, as parameters. Whatever goes down gives the rows that the same
-- condition gives over a copy of the relation, where nothing goes anywhere.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
do $$ begin
    perform crm_account_create('north', time_zone => 'America/New_York');
    perform crm_account_create('south');
    perform crm_ingest_batch(a.account, array(select webhook(g, 'lead.creation', g, timestamptz '2021-01-01 00:30Z' + g * interval '1 day',
        step(201 + g % 3, (array['Incoming', 'offer', 'Zürich'])[1 + g % 3], amount => g * 10)) from generate_series(1, 90) g)) from pgcrm.account a;
    perform crm_refresh();
end $$;
create table copied as select * from crm_bi.lead_current;
create table copied_cells as select * from crm_bi.funnel_monthly;

create table condition (condition text);
-- each column against each of its values, by each comparison, from either side
insert into condition
select format(case when side then '%1$I %2$s %3$s' else '%3$s %2$s %1$I' end, c.name, o.sign, v.value)
from (values ('account', 'text'), ('lead_id', 'text'), ('stage', 'text'), ('owner', 'text'), ('currency', 'text'), ('stage_rank', 'integer'),
             ('entered_at', 'timestamptz'), ('amount', 'numeric')) c(name, type)
join (values ('text', $$'north'$$), ('text', $$'7'$$), ('text', $$'Zürich'$$), ('text', $$'offer'::varchar$$), ('text', $$'North' collate "C"$$), ('text', 'null'),
             ('text', $$'17'::name$$), ('text', '(select min(lead_id) from copied)'), ('integer', '2'), ('integer', '2::bigint'), ('integer', '1.5'), ('integer', 'null::smallint'),
             ('timestamptz', $$'2021-02-01'$$), ('timestamptz', $$date '2021-02-01'$$), ('timestamptz', $$timestamp '2021-03-01 12:00'$$), ('timestamptz', 'now()'),
             ('numeric', '100'), ('numeric', '100.00::float8'), ('numeric', $$'NaN'$$)) v(type, value) on v.type = c.type
cross join (values ('='), ('<'), ('<='), ('>='), ('>'), ('<>')) o(sign)
cross join (values (true), (false)) s(side)
union all
select format('%I %s', c.name, t.test) from (values ('account'), ('lead_id'), ('stage'), ('owner'), ('currency'), ('stage_rank'), ('closed_at'), ('amount')) c(name)
cross join (values ('is null'), ('is not null'), ('is distinct from null')) t(test)
union all
select * from unnest(array[$$lead_id in ('7', '8', null)$$, $$lead_id = any ('{}')$$, $$lead_id <> all ('{7,8}')$$, $$lead_id = any (array['7', '8']::varchar[])$$, $$stage_rank = any ('{1,3}')$$,
    $$stage_rank = any (null::integer[])$$, $$account in ('south', 'nowhere')$$, $$account like 'n%' and stage = 'offer'$$, $$account || lead_id = 'north7'$$, $$upper(stage) = 'OFFER'$$,
    $$amount between 100 and 200$$, $$lead_id = '7' or stage_rank = 2$$, $$not (stage_rank = 2)$$, $$stage > 'P' collate "C"$$, $$stage > 'P'$$, $$owner = lead_id$$, $$account = lead_id$$,
    $$(account, lead_id) in (('north', '7'), ('south', '8'))$$, $$as_of <= now()$$, $$pending_leads = 0$$, $$random() >= 0 and lead_id = '7'$$, $$entered_at::date = '2021-02-01'$$,
    $$lead_id = (select c.lead_id from copied c where c.lead_id = lead_current.lead_id limit 1)$$]);

create function matched(relation text, condition text) returns text language plpgsql as $$
declare
    found text;
begin
    execute format('select count(*) || md5(string_agg(r::text, '','' order by account, lead_id)) from (select * from %s lead_current where %s) r', relation, condition) into found;
    return found;
exception when others then
    return sqlstate;
end $$;
select count(*) as conditions, count(distinct matched('copied', condition)) as outcomes from condition;
select condition, matched('copied', condition), matched('crm_bi.lead_current', condition) from condition
where matched('copied', condition) is distinct from matched('crm_bi.lead_current', condition) order by 1;
-- together, two at a time
select a.condition, b.condition from condition a join condition b on md5(a.condition || b.condition) like '00%'
where matched('copied', a.condition || ' and ' || b.condition) is distinct from matched('crm_bi.lead_current', a.condition || ' and ' || b.condition);

-- As parameters of a prepared statement, planned for each value and for any.
create function prepared(relation text, mode text) returns setof text language plpgsql as $$
declare
    condition text;
    found text;
    value text;
begin
    perform set_config('plan_cache_mode', mode, true);
    foreach condition in array array['lead_id = $1', 'account = $1', 'account = $1 and lead_id = ''7''', 'lead_id = any (array[$1, ''8''])', 'stage_rank < length($1)'] loop
        execute format('prepare q(text) as select count(*) || md5(coalesce(string_agg(r::text, '','' order by account, lead_id), '''')) from (select * from %s where %s) r', relation, condition);
        foreach value in array array['7', 'north', 'nobody', null] loop
            execute format('execute q(%L)', value) into found;
            return next found;
        end loop;
        deallocate q;
    end loop;
end $$;
select mode, array(select prepared('copied', mode)) = array(select prepared('crm_bi.lead_current', mode)) as same from unnest(array['force_custom_plan', 'force_generic_plan']) mode;

-- As values of a join, one after the other.
create table wanted as select account, lead_id from copied where lead_id in ('7', '8', '9') union all values ('nowhere', '7'), ('north', null);
analyze wanted;
create function joined(relation text) returns text language plpgsql as $$
declare
    found text;
begin
    execute format('select count(*) || md5(string_agg(r::text, '','' order by r.account, r.lead_id)) from wanted w join %s r on r.account = w.account and r.lead_id = w.lead_id', relation) into found;
    return found;
end $$;
set enable_hashjoin = off;
set enable_mergejoin = off;
set enable_memoize = off;
explain (costs off) select * from wanted w join crm_bi.lead_current r on r.account = w.account and r.lead_id = w.lead_id;
select joined('copied') = joined('crm_bi.lead_current') as same;
reset enable_hashjoin;
reset enable_mergejoin;
reset enable_memoize;
select count(*) from wanted w left join lateral (select * from crm_bi.lead_current l where l.lead_id > w.lead_id and l.account = w.account limit 2) r on true;
-- and of relations with each other
select (select md5(string_agg(r::text, ',' order by r::text)) from (select account, stage, count(*), sum(entries) from copied l join copied_cells f using (account, stage_id, stage) where l.lead_id like '1%' group by 1, 2) r)
     = (select md5(string_agg(r::text, ',' order by r::text)) from (select account, stage, count(*), sum(entries) from crm_bi.lead_current l join crm_bi.funnel_monthly f using (account, stage_id, stage)
        where l.lead_id like '1%' group by 1, 2) r) as same;

-- What goes where is told.
explain (costs off) select lead_id from crm_bi.lead_current where account like 'n%' and lead_id = '7' and lower(owner) = 'ana';
explain (costs off) select lead_id from crm_bi.lead_current where amount > 5 limit 3 offset 2;
explain (costs off) select lead_id from crm_bi.lead_current where lower(owner) = 'ana' limit 3;
explain (costs off) select lead_id from crm_bi.lead_current order by lead_id limit 3;
explain (costs off) select count(*) from crm_bi.funnel_monthly where month >= '2021-02-01' and account = 'north';
select count(*) from (select * from crm_bi.lead_current limit 100) l;
select count(*) from (select * from crm_bi.lead_current offset 175) l;

do $$ begin perform crm_account_drop('north', false); perform crm_account_drop('south', false); end $$;
drop table copied, copied_cells, condition, wanted;
drop function matched, prepared, joined;
drop function webhook, step;
