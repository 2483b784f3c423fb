-- An empty account, a role that may ingest into it, and a secret for who posts to it, which is printed.
call rig.make_account();
select not exists (select from pg_roles where rolname = 'bench_gateway') as lacks_role \gset
\if :lacks_role
    create role bench_gateway login;
\endif
\o /dev/null
select crm_grant('bench', 'bench_gateway', 'ingest');
checkpoint;
\o
select secret from crm_secret_add('bench', 'wrk');
