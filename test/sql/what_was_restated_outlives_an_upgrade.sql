-- Layout 2 kept the cells of restatement in two columns: an upgrade keeps what they say.
\getenv source PG_ABS_SRCDIR
\set include :source '/include/webhook.psql'
\i :include
select crm_account_create('office');
select outcome from crm_ingest_batch('office', array[webhook(2, 'lead.creation', 2, '2020-12-12 09:00Z', step(201, 'Incoming', amount => 10))]);
select outcome from crm_refresh('office');
select outcome from crm_ingest_batch('office', array[webhook(1, 'lead.creation', 1, '2021-01-12 09:00Z', step(201, 'Incoming', amount => 10))]);
select outcome from crm_refresh('office');
create table told as select m as mart, t.* from unnest(array['funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly']) m, crm_reported_at('office', m, now()) t;

-- The table as layout 2 had it.
create table office.restatement_of_2 (
    run_id bigint not null, lead_id text collate "C" not null, mart text collate "C" not null, month date not null,
    stage_id text collate "C" not null, part text collate "C" not null, measure text collate "C" not null,
    delta numeric not null, cause text not null);
insert into office.restatement_of_2 select run_id, lead_id, mart, month, cell[1], coalesce(cell[2], ''), measure, delta, cause from office.restatement;
drop table office.restatement;
alter table office.restatement_of_2 rename to restatement;
alter table office.restatement add constraint restatement_is_unique primary key (run_id, lead_id, mart, month, stage_id, part, measure);
drop table office.unread_value;
alter table office.observation drop column said, drop column attributes, drop column customer, drop column campaign,
    add column amount_said boolean not null default true, add column currency_said boolean not null default true, add column owner_said boolean not null default true;
alter table office.observation alter column owner_said drop default;
update office.account set layout_version = 2;
select crm_refresh('office');
\echo :SQLSTATE

select crm_account_upgrade('office');
select mart, month, cell, measure, delta, cause from office.restatement order by 1, 2, 3, 4;
(table told except select m, t.* from unnest(array['funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly']) m, crm_reported_at('office', m, now()) t);
select outcome from crm_refresh('office');
select * from crm_verify('office');

select crm_account_drop('office', keep_data => false);
drop table told;
drop function webhook, step;
