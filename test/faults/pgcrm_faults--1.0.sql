create function fault_arm(sqlstate text, nth integer) returns void language c strict
as 'MODULE_PATHNAME', 'fault_arm';
comment on function fault_arm(text, integer) is
    'From now on, the nth statement that functions run within a statement fails, after its work';

create function fault_disarm() returns boolean language c
as 'MODULE_PATHNAME', 'fault_disarm';
comment on function fault_disarm() is 'Nothing fails any more; whether the fault was met';
