-- An empty table of the handler: the columns of step_changed, a primary key and two indexes. Prints the handler's token.
set client_min_messages = warning;
call rig.make_account();
drop table if exists rig.webhook;
create table rig.webhook (like bench.step_changed including all
                          excluding comments excluding indexes excluding storage excluding compression);
alter table rig.webhook add constraint webhook_is_unique primary key (id);
create index webhook_by_lead on rig.webhook (lead_id);
create index webhook_by_arrival on rig.webhook (received_at);
checkpoint;
select 'a-token-of-the-handler';
