-- The role that the gateway connects as: it may ingest into the three offices, and nothing else. Then a row for each
-- office with its secret, which is shown here and never again.
\set QUIET on
create role crm_gateway login;
select crm_grant(account, 'crm_gateway', 'ingest') from pgcrm.account \g /dev/null
select account, secret from pgcrm.account, crm_secret_add(account, note => 'demo');
