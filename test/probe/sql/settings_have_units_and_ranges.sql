-- Settings of the module: default, unit, range, who may change them, and a prefix of their own.
select probe.witnesses(); -- loads the library
show pgcxx_probe.size_limit;
set pgcxx_probe.size_limit = '64kB';
show pgcxx_probe.size_limit;
set pgcxx_probe.size_limit = 0;
set pgcxx_probe.size_limit = '2MB';
set pgcxx_probe.size_limit = 'many';
set pgcxx_probe.quiet_callback = 'perhaps';
set pgcxx_probe.unknown = 1;
select name, setting, unit, context, vartype, min_val, max_val, boot_val, short_desc
from pg_settings where name like 'pgcxx_probe.%' order by name collate "C";
