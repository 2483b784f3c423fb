#!/usr/bin/env bash
# The scripts that CREATE EXTENSION runs cannot be run by hand, take over nobody's objects, and
# hold every part of sql/; those of released versions are as they were, and each leads to the
# version of now.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

# is_listed NAME LIST: a line of the list, comments apart, is the name.
is_listed() {
    sed -e 's/[[:space:]]*#.*//' "$2" | grep -qxF -e "$1"
}

script=$(scripts/install_script.sh)
guard='\echo Use "CREATE EXTENSION pgcrm" to load this file. \quit'
[[ ${script%%$'\n'*} == "$guard" ]] || fault 'the install script does not begin with the line that keeps psql from running it'
replaced=$(grep -iE '^[[:space:]]*create or replace' <<<"$script") && fault "the install script says:" "$replaced"

for file in sql/tables/*.sql sql/functions/*.sql sql/views/*.sql; do
    is_listed "${file#sql/}" sql/order.txt || fault "sql/order.txt does not list ${file#sql/}"
done
is_listed 'sources/*/*.json' sql/order.txt || fault 'sql/order.txt does not list sources/*/*.json'
for folder in sql/sources/*/; do
    for file in "$folder"*.json; do
        is_listed "$(basename "$file" .json)" "${folder}order.txt" || fault "${folder}order.txt does not list $file"
    done
done

for released in sql/updates/pgcrm--*.sql; do
    from=$(basename "${released#*--}" .sql)
    update=$(scripts/install_script.sh "$from") || fault "there is no way from version $from to this one"
    [[ ${update%%$'\n'*} == '\echo Use "ALTER EXTENSION pgcrm UPDATE" to load this file. \quit' ]] ||
        fault "the update script from $from does not begin with the line that keeps psql from running it"
    grep -qE "^[0-9a-f]{64}  ${released##*/}\$" sql/updates/SHA256SUMS || fault "sql/updates/SHA256SUMS does not list ${released##*/}"
done
(cd sql/updates && sha256sum --check --quiet SHA256SUMS) || fault 'the install script of a released version has changed'

exit "$status"
