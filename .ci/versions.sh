#!/usr/bin/env bash
# The version stands in pgcrm.control; the two files that have to repeat it say the same.
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

exit "$status"
