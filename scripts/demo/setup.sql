-- An account for each of the three offices, and a table to COPY its webhooks into.
create extension pg_cron;
create extension pgcrm;

select crm_account_create(account => office, source => 'nocrm', time_zone => 'America/Chihuahua')
from unnest(array['office_a', 'office_b', 'office_c']) office;

create schema demo;
create table demo.office_a (line bigint generated always as identity primary key, body text not null);
create table demo.office_b (like demo.office_a including all);
create table demo.office_c (like demo.office_a including all);
