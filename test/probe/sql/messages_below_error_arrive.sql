-- Notices and warnings carry their texts as they are.
select probe.speak('notice');
select probe.speak('warning');
select probe.speak('debug');
set client_min_messages = debug1;
select probe.speak('debug');
reset client_min_messages;
