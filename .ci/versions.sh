#!/usr/bin/env bash
# The version stands in pgcrm.control; the two files that have to repeat it say the same. So do
# those that say which servers it is for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" pgcrm.control)
status=0

fault() {
    printf '%s\n' "$*" >&2
    status=1
}

[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fault "pgcrm.control: default_version \"$version\" is not of the form 1.2.3"

while read -r found; do
    [[ $found == "$version" ]] || fault "META.json says version $found, pgcrm.control says $version"
done < <(sed -n '/"meta-spec"/,$d; s/^ *"version": "\([^"]*\)".*/\1/p' META.json)

newest=$(grep -m 1 '^## ' CHANGELOG.md) || fault 'CHANGELOG.md has no heading "## <version>"'
[[ " ${newest//[\[\]()]/ } " == *" $version "* ]] ||
    fault "CHANGELOG.md begins with \"$newest\", pgcrm.control says $version"

[[ ! -e sql/updates/pgcrm--$version.sql ]] || fault "version $version is released: raise it in pgcrm.control"
while read -r released; do
    [[ -e sql/updates/pgcrm--$released.sql ]] || fault "CHANGELOG.md has a date for $released, but there is no sql/updates/pgcrm--$released.sql"
done < <(sed -nE 's/^## ([0-9.]+) \([0-9]{4}-[0-9]{2}-[0-9]{2}\)$/\1/p' CHANGELOG.md)

servers='tested with PostgreSQL 15, 17 and 18; the source is ready for 14 and 16'
for file in README.md META.json scripts/lib/packages.sh; do
    tr '\n' ' ' <"$file" | grep -qiF "$servers" || fault "$file does not say: $servers"
done

exit "$status"
