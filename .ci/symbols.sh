#!/usr/bin/env bash
# pgcrm.so shows the server its own functions and nothing else, and the install scripts, of this version and of
# released ones, and the steps between them name exactly these. Needs the built extension.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

exported=$(nm --dynamic --defined-only pgcrm.so | awk '{ print $3 }' | sort)
foreign=$(grep -vxE 'Pg_magic_func|_PG_init|(pg_finfo_)?pgcrm_[a-z0-9_]+' <<<"$exported") &&
    fault "pgcrm.so exports symbols that are not ours:" "$foreign"

for required in Pg_magic_func _PG_init; do
    grep -qx "$required" <<<"$exported" || fault "pgcrm.so does not export $required"
done

functions=$(grep -xE 'pgcrm_[a-z0-9_]+' <<<"$exported")
named=$({ scripts/install_script.sh && cat sql/updates/*.sql; } | sed -n "s/.*'MODULE_PATHNAME', *'\([^']*\)'.*/\1/p" | sort -u)
missing=$(comm -13 <(printf '%s\n' "$functions") <(printf '%s\n' "$named"))
unused=$(comm -23 <(printf '%s\n' "$functions") <(printf '%s\n' "$named"))
[[ -z $missing ]] || fault "the install scripts name functions that pgcrm.so does not have:" "$missing"
[[ -z $unused ]] || fault "pgcrm.so has functions that no install script names:" "$unused"

exit "$status"
