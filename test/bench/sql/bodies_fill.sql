-- The text of the generator as bytes, in its order.
set rig.events = :'events';

insert into rig.inbox
select convert_to(body, 'UTF8')
from rig.inbox_text;
drop table rig.inbox_text;

insert into rig.body
select row_number() over (order by ctid), body
from rig.inbox;

do $$
declare
    wanted bigint := current_setting('rig.events');
    found  bigint := (select count(*) from rig.body);
begin
    if found <> wanted then
        raise exception 'the generator made % events of the stream, not %', found, wanted;
    end if;
end
$$;

vacuum (analyze) rig.body, rig.inbox;
