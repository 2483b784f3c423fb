-- An account for each of the three offices.
create extension pg_cron;
create extension pgcrm;

select crm_account_create(account => office, source => 'nocrm', time_zone => 'America/Chihuahua')
from unnest(array['office_a', 'office_b', 'office_c']) office;
