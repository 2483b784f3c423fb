-- The small catalog of the extension. Everything of an account lives in the account's own
-- schema, which functions make at run time; here is only what says which accounts and
-- which streams there are.

create schema pgcrm;
revoke all on schema pgcrm from public;
comment on schema pgcrm is 'Catalog and internals of the extension pgcrm';

create table pgcrm.account (
    account    text collate "C" not null,
    created_at timestamptz      not null,
    constraint account_is_unique primary key (account),
    constraint account_name_is_simple check (account ~ '^[a-z][a-z0-9_]{0,40}$')
);
comment on table pgcrm.account is 'The accounts that are registered; each has a schema of the same name';
comment on column pgcrm.account.account is 'Name of the account and of its schema';
comment on column pgcrm.account.created_at is 'When it was registered';

create table pgcrm.stream (
    source   text collate "C" not null,
    stream   text collate "C" not null,
    ordinal  integer          not null,
    mapping  jsonb            not null,
    shipped  boolean          not null default false,
    revision text             not null generated always as (md5(mapping::text)) stored,
    constraint stream_is_unique primary key (source, stream, shipped),
    constraint stream_name_is_simple check (stream ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint mapping_names_its_stream check (mapping ->> 'stream' = stream)
);
comment on table pgcrm.stream is 'The streams of each source: how one kind of record becomes a typed row and an observation';
comment on column pgcrm.stream.source is 'The CRM that the records come from, such as nocrm';
comment on column pgcrm.stream.stream is 'Name of the stream and of its table in every account of the source';
comment on column pgcrm.stream.ordinal is 'Streams of a source are tried in this order; the first that matches takes the record';
comment on column pgcrm.stream.mapping is 'What matches, the key, the columns and what the record says of a lead';
comment on column pgcrm.stream.shipped is
    'Comes with the extension: replaced by upgrades, not dumped, and of no effect beside a row of the same name that is not shipped';
comment on column pgcrm.stream.revision is 'Digest of the mapping; every session compares it with what it has compiled';

select pg_catalog.pg_extension_config_dump('pgcrm.account', '');
select pg_catalog.pg_extension_config_dump('pgcrm.stream', 'where not shipped');
