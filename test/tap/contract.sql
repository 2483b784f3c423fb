-- What others build upon: names, types, strictness, comments and rights of all that the extension
-- brings and of all that it makes for an account.
\ir include/extension.psql
select crm_account_create('office');
select plan(51);

create view routine as
select p.*, p.oid::regprocedure::text as signature
from pg_proc p
join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid and e.extname = 'pgcrm';

create view relation as
select c.*, c.oid::regclass::text as name
from pg_class c
join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid and e.extname = 'pgcrm';

create view account_relation as
select c.*, c.oid::regclass::text as name
from pg_class c
where c.relnamespace = 'office'::regnamespace and c.relkind <> 'i';

-- ---------------------------------------------------------------- functions

select set_eq(
    $$select signature,
             (array['immutable', 'stable', 'volatile'])[position(provolatile in 'isv')] as volatility,
             case when proisstrict then 'strict' else '' end as strictness,
             (array['safe', 'restricted', 'unsafe'])[position(proparallel in 'sru')] as parallel
      from routine$$,
    $$values ('crm_account_create(text,text,text,name,boolean)', 'volatile', '', 'unsafe'),
             ('crm_account_alter(text,text,name,boolean,boolean)', 'volatile', '', 'unsafe'),
             ('crm_account_upgrade(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_account_drop(text,boolean)', 'volatile', 'strict', 'unsafe'),
             ('crm_account_adopt(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_stream_define(text,jsonb,integer)', 'volatile', '', 'unsafe'),
             ('crm_stream_drop(text,text)', 'volatile', 'strict', 'unsafe'),
             ('crm_reported_at(text,text,timestamp with time zone)', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.reported_at(text,text,timestamp with time zone)', 'volatile', 'strict', 'unsafe'),
             ('crm_ingest_table(text,regclass)', 'volatile', 'strict', 'unsafe'),
             ('crm_replay(text,text,text)', 'volatile', '', 'unsafe'),
             ('crm_grant(text,name,text)', 'volatile', 'strict', 'unsafe'),
             ('crm_revoke(text,name,text)', 'volatile', 'strict', 'unsafe'),
             ('crm_secret_add(text,text)', 'volatile', '', 'unsafe'),
             ('crm_secret_revoke(text,bigint,interval)', 'volatile', 'strict', 'unsafe'),
             ('crm_gateway_accounts()', 'volatile', 'strict', 'unsafe'),
             ('crm_ingest(text,jsonb)', 'volatile', 'strict', 'unsafe'),
             ('crm_ingest_batch(text,bytea[])', 'volatile', 'strict', 'unsafe'),
             ('crm_ingest_batch(text,text[])', 'volatile', 'strict', 'unsafe'),
             ('crm_quarantine(text,text,bigint)', 'volatile', '', 'unsafe'),
             ('crm_repair(text)', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.retry_stuck_leads(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_refresh(text)', 'volatile', '', 'unsafe'),
             ('crm_refresh_all()', 'volatile', '', 'unsafe'),
             ('crm_rebuild(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_verify(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_funnel(text,text,date,date)', 'volatile', '', 'unsafe'),
             ('crm_schedule(text)', 'volatile', 'strict', 'unsafe'),
             ('crm_unschedule()', 'volatile', '', 'unsafe'),
             ('pgcrm.account_statuses()', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.refresh_batch(text)', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.require_account(text,text)', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.face_handler()', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.check_face_options(text[],oid)', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.make_face_objects()', 'volatile', 'strict', 'unsafe'),
             ('pgcrm.usable_accounts()', 'volatile', 'strict', 'unsafe')$$,
    'every function is declared as the documentation says');

select is_empty($$select signature from routine where pronargs > 0 and proargnames is null or '' = any (proargnames)$$,
                'every parameter has a name');
select is_empty($$select signature from routine where obj_description(oid, 'pg_proc') is null$$, 'every function has a comment');
select results_eq(
    $$select signature from routine where not coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false)$$,
    array['crm_refresh_all()'],
    'every function pins its search_path, but for the procedure that commits');
select is_empty($$select signature from routine where prosecdef$$, 'none runs with the rights of another');
select is_empty($$select signature from routine where has_function_privilege('public', oid, 'execute')$$, 'none is executable by PUBLIC');

-- ---------------------------------------------------------------- the catalog

select set_eq('select name, relkind::text from relation where relkind <> ''i''',
              $$values ('pgcrm.account', 'r'), ('pgcrm.stream', 'r'), ('pgcrm.account_status', 'v'), ('pgcrm.ingest_progress', 'v'),
                       ('pgcrm.rebuild_progress', 'v'),
                       ('pgcrm.bi_funnel_amount_monthly', 'f'), ('crm_bi.funnel_amount_monthly', 'v'),
                       ('pgcrm.bi_funnel_monthly', 'f'), ('crm_bi.funnel_monthly', 'v'),
                       ('pgcrm.bi_funnel_monthly_by_owner', 'f'), ('crm_bi.funnel_monthly_by_owner', 'v'),
                       ('pgcrm.bi_lead_current', 'f'), ('crm_bi.lead_current', 'v'),
                       ('pgcrm.bi_sales_funnel_monthly', 'f'), ('crm_bi.sales_funnel_monthly', 'v'), ('crm_bi.calendar_month', 'r')$$,
              'the catalog has two tables and three views; crm_bi a table, and views over foreign tables');
select is_empty($$select pg_describe_object(classid, objid, 0)
                  from pg_depend d
                  join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid and e.extname = 'pgcrm'
                  where deptype = 'e' and obj_description(objid, classid::regclass::name) is null
                    and (classid <> 'pg_type'::regclass or objid not in (select reltype from pg_class union select typarray from pg_type))
                    and (classid <> 'pg_class'::regclass or objid not in (select indexrelid from pg_index))$$, 'each has a comment, as has all that the extension brings');
select is_empty($$select name from relation
                  where relkind <> 'i' and relnamespace <> 'crm_bi'::regnamespace and has_any_column_privilege('public', oid, 'select, insert, update, references')$$,
                'PUBLIC may not touch them');
select is(has_schema_privilege('public', 'pgcrm', 'usage'), false, 'nor look into their schema');
select columns_are('pgcrm', 'account', array['account', 'created_at']);
select columns_are('pgcrm', 'stream', array['source', 'stream', 'ordinal', 'mapping', 'shipped', 'revision']);
select columns_are('pgcrm', 'account_status', array['account', 'source', 'time_zone', 'layout_version', 'last_event_at', 'refreshed_at',
                                                    'lag', 'pending_leads', 'stuck_leads', 'quarantined', 'unhandled', 'unread_values', 'stray_entries', 'refresh_error']);

-- ---------------------------------------------------------------- the tables of an account

select set_eq('select relname::text from account_relation where relkind = ''r''',
              array['account', 'lead_created', 'step_changed', 'lead_changed', 'lead_deleted', 'client_folder_created',
                    'stage_defined', 'lead_snapshot', 'action_history', 'other_event', 'quarantine', 'observation', 'pending',
                    'stage_seen', 'stage', 'stage_definition', 'unread_value', 'stage_history', 'lead_current', 'stuck_lead', 'refresh_run', 'secret', 'reported', 'restatement',
                    'funnel_monthly', 'funnel_monthly_by_owner', 'funnel_amount_monthly'],
              'an account has these tables');
select is_empty($$select name from account_relation where obj_description(oid, 'pg_class') is null$$, 'each has a comment');
select is_empty($$select name from account_relation c
                  where relkind = 'r' and not exists (select from pg_constraint where conrelid = c.oid and contype = 'p')$$,
                'each has a primary key');
select is_empty($$select name, tgname from account_relation c join pg_trigger on tgrelid = c.oid
                  union all select name, rulename from account_relation c join pg_rewrite on ev_class = c.oid
                  union all select name, conname from account_relation c join pg_constraint on c.oid in (conrelid, confrelid) where contype = 'f'$$,
                'none has a trigger, a rule or a foreign key');
select is_empty($$select name, attname, atttypid::regtype
                  from account_relation c
                  join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
                  join pg_type t on t.oid = atttypid
                  where t.typnamespace <> 'pg_catalog'::regnamespace$$,
                'all their columns are of built-in types');
select is_empty($$select classid::regclass, objid, refclassid::regclass, refobjid
                  from pg_depend d
                  where (classid, objid) in (select 'pg_class'::regclass, oid from account_relation
                                             union all select 'pg_constraint'::regclass, oid from pg_constraint where connamespace = 'office'::regnamespace
                                             union all select 'pg_namespace'::regclass, 'office'::regnamespace)
                    and (refclassid = 'pg_extension'::regclass
                         or (refclassid, refobjid) in (select 'pg_proc'::regclass, oid from routine union all select 'pg_class'::regclass, oid from relation))$$,
                'nothing of an account belongs to the extension or depends on it');
select is_empty($$select pg_describe_object(classid, objid, objsubid)
                  from pg_depend
                  where (classid, objid) in (select 'pg_class'::regclass, oid from relation
                                             union all select 'pg_rewrite'::regclass, r.oid from pg_rewrite r join relation on relation.oid = ev_class)
                    and (refclassid, refobjid) in (select 'pg_class'::regclass, oid from account_relation union all select 'pg_namespace'::regclass, 'office'::regnamespace)$$,
                'and nothing of the extension, crm_bi neither, depends on an account');
select is_empty($$select name from account_relation
                  where has_any_column_privilege('public', oid, 'select, insert, update') or has_schema_privilege('public', 'office', 'usage')$$,
                'PUBLIC may not touch them');

select columns_are('office', 'lead_created', array[
    'id', 'event', 'signature', 'has_succeeded', 'try_count', 'last_returned_code', 'received_at', 'lead_id', 'title', 'status', 'step',
    'amount', 'created_at_utc', 'updated_at_utc', 'user_email', 'permalink', 'client_folder_id', 'client_folder_name', 'raw_data',
    'step_id', 'pipeline', 'currency', 'user_id']);
select columns_are('office', 'step_changed', array[
    'id', 'event', 'signature', 'has_succeeded', 'try_count', 'last_returned_code', 'received_at', 'lead_id', 'lead_title', 'lead_status',
    'lead_step', 'lead_amount', 'lead_created_at', 'lead_updated_at', 'lead_user_email', 'lead_permalink', 'raw_data', 'step_id',
    'pipeline', 'created_at_utc', 'updated_at_utc', 'moved_by', 'currency', 'user_id', 'client_folder_id', 'client_folder_name']);
select columns_are('office', 'client_folder_created', array[
    'id', 'event', 'signature', 'has_succeeded', 'try_count', 'last_returned_code', 'received_at', 'folder_id', 'folder_name',
    'created_at_utc', 'raw_data']);
select columns_are('office', 'stage_defined', array[
    'id', 'event', 'signature', 'has_succeeded', 'try_count', 'last_returned_code', 'received_at', 'stage_id', 'name', 'position',
    'pipeline_id', 'pipeline', 'updated_at_utc', 'raw_data']);
select columns_are('office', 'lead_snapshot', array[
    'lead_id', 'updated_at_utc', 'received_at', 'title', 'status', 'step', 'step_id', 'pipeline', 'amount', 'currency', 'created_at_utc',
    'user_id', 'user_email', 'permalink', 'client_folder_id', 'client_folder_name', 'raw_data']);
select columns_are('office', 'action_history', array[
    'id', 'lead_id', 'occurred_at', 'received_at', 'action', 'stage', 'user_id', 'raw_data']);
select columns_are('office', 'stage_history', array[
    'lead_id', 'stay_no', 'life_no', 'stage_id', 'pipeline', 'owner', 'amount', 'exit_amount', 'currency', 'entered_at', 'exited_at',
    'entry_month', 'exit_month', 'outcome', 'is_first_entry', 'is_reopened', 'is_inferred', 'entry_event_id', 'exit_event_id']);
select columns_are('office', 'funnel_monthly', array[
    'month', 'stage_id', 'entries', 'first_entries', 'reopened_in_place', 'leads', 'advanced', 'moved_back', 'handed_off', 'won', 'lost',
    'cancelled', 'deleted', 'still_open', 'settled_stays', 'settled_seconds']);
select columns_are('office', 'funnel_monthly_by_owner', array[
    'month', 'stage_id', 'owner', 'entries', 'first_entries', 'reopened_in_place', 'leads', 'advanced', 'moved_back', 'handed_off', 'won',
    'lost', 'cancelled', 'deleted', 'still_open', 'settled_stays', 'settled_seconds']);
select columns_are('office', 'funnel_amount_monthly', array[
    'month', 'stage_id', 'currency', 'entries', 'first_entries', 'entry_amount', 'first_entry_amount']);
select columns_are('office', 'lead_current', array[
    'lead_id', 'stage_id', 'pipeline', 'entered_at', 'status', 'amount', 'currency', 'owner', 'created_at', 'closed_at', 'deleted_at']);
select columns_are('office', 'stuck_lead', array['lead_id', 'since', 'tries', 'sqlstate', 'message']);
select columns_are('office', 'secret', array['secret_id', 'digest', 'note', 'added_at', 'added_by', 'valid_until']);
select columns_are('office', 'refresh_run', array[
    'run_id', 'kind', 'started_at', 'ended_at', 'leads', 'observations', 'stays_written', 'cells_changed']);
select columns_are('office', 'unread_value', array['origin', 'event_id', 'column_name', 'problem']);
select columns_are('office', 'stage_definition', array[
    'origin', 'event_id', 'stage_id', 'name', 'pipeline', 'position', 'defined_at', 'is_deleted']);
select columns_are('office', 'stage', array[
    'stage_id', 'name', 'pipeline', 'position', 'funnel_step', 'kpi_name', 'built_pipeline', 'built_rank', 'source_position', 'is_deleted',
    'own_name', 'own_pipeline']);
select columns_are('office', 'account', array[
    'account', 'source', 'time_zone', 'layout_version', 'created_at', 'built_time_zone', 'built_engine_version', 'refreshed_at',
    'refresh_error', 'first_observed_at', 'last_observed_at', 'count_deleted_leads', 'built_count_deleted_leads',
    'reported_from', 'restatement_scope']);

-- ---------------------------------------------------------------- the face for BI tools

create view bi_column as
select c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod) as type
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = 'crm_bi'::regnamespace and c.relkind in ('r', 'v');

select columns_are('crm_bi', 'lead_current', array['account', 'lead_id', 'pipeline', 'stage_id', 'stage', 'stage_rank', 'entered_at', 'status', 'amount',
                                                   'currency', 'owner', 'created_at', 'closed_at', 'deleted_at', 'as_of', 'pending_leads']);
select columns_are('crm_bi', 'funnel_amount_monthly', array['account', 'month', 'pipeline', 'stage_id', 'stage', 'stage_rank', 'currency', 'entries',
                                                            'first_entries', 'entry_amount', 'first_entry_amount', 'as_of', 'pending_leads']);
select columns_are('crm_bi', 'funnel_monthly_by_owner', array['account', 'month', 'pipeline', 'stage_id', 'stage', 'stage_rank', 'owner', 'entries',
                                                              'first_entries', 'reopened_in_place', 'leads', 'advanced', 'moved_back', 'handed_off', 'won',
                                                              'lost', 'cancelled', 'deleted', 'still_open', 'settled_stays', 'settled_seconds', 'as_of',
                                                              'pending_leads']);
select columns_are('pgcrm', 'ingest_progress', array['pid', 'relation', 'bytes_processed', 'bodies_processed', 'bodies_quarantined', 'bodies_expected',
                                                     'share']);
select columns_are('pgcrm', 'rebuild_progress', array['pid', 'account', 'events_decoded', 'observations_processed', 'observations_expected', 'share']);
select columns_are('crm_bi', 'sales_funnel_monthly', array['account', 'month', 'kpi_name', 'funnel_step', 'deals_count', 'as_of', 'pending_leads']);
select is_empty($$select * from bi_column
                  where type not in ('text', 'date', 'integer', 'bigint', 'boolean', 'timestamp with time zone') and type !~ '^numeric\(\d+,\d+\)$'
                     or attname !~ '^[a-z][a-z0-9_]*$'$$,
                'crm_bi has nothing that a BI tool cannot read');
select is_empty($$select * from bi_column
                  where (attname ~ '(_count|_leads|_stays|_entries)$|^(entries|leads|won|lost)$' and type <> 'bigint')
                     or (attname = 'month' and type <> 'date')
                     or (attname ~ 'seconds' and type <> 'numeric(20,2)')
                     or (attname = 'amount' and type <> 'numeric(17,2)')
                     or (attname ~ '_amount$' and type <> 'numeric(30,2)')$$,
                'its counts are bigint, its months dates, its sums wide enough');
select is_empty($$select relname from bi_column where relkind = 'v' group by 1 having not array['account', 'as_of', 'pending_leads'] <@ array_agg(attname::text)$$,
                'each view says whose, as of when, and how many leads are pending');
select is_empty($$select c.oid::regclass from pg_class c
                  where c.relnamespace = 'crm_bi'::regnamespace and c.relkind in ('r', 'v')
                    and not has_table_privilege('public', c.oid, 'select')$$,
                'everybody may look, and sees the accounts that are his to read');
select is_empty($$select c.oid::regclass from pg_class c
                  where c.relnamespace = 'crm_bi'::regnamespace and c.relkind in ('r', 'v') and has_any_column_privilege('public', c.oid, 'insert, update, references')$$,
                'and change nothing');
select is_empty($$select attrelid::regclass, attname from pg_attribute
                  join relation on relation.oid = attrelid and relkind in ('v', 'f') and name ~ '^(crm_bi\.|pgcrm\.bi_)'
                  where attnum > 0 and col_description(attrelid, attnum) is null$$,
                'every column of its views has a comment');
select finish();
