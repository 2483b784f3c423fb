#!/usr/bin/env bash
# Each SQLSTATE that the extension raises, in C++ or in SQL, has its row in docs/reference/errors.md, and
# each row has the name that the server gives to it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

page=docs/reference/errors.md
codes=$("${PG_CONFIG:-pg_config}" --includedir-server)/utils/errcodes.h
status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

# ERRCODE_DUPLICATE_TABLE -> 42P07
state_of() {
    sed -n "s/^#define $1 MAKE_SQLSTATE('\(.\)','\(.\)','\(.\)','\(.\)','\(.\)')\$/\1\2\3\4\5/p" "$codes"
}

# What an error that came is compared with, or with the class of, is not raised.
in_cpp() {
    grep -rhE 'ERRCODE_[A-Z0-9_]+' extension/api extension/store --include='*.cpp' --include='*.hpp' |
        sed -e 's/ERRCODE_TO_CATEGORY([A-Za-z0-9_.()]*)//g' -e 's/[=!]= ERRCODE_[A-Z0-9_]*//g' | grep -oE 'ERRCODE_[A-Z0-9_]+'
}
in_sql() {
    grep -rhoE "errcode = '[a-z_]+'" sql | sed "s/.*'\(.*\)'/ERRCODE_\U\1/"
}

raised=$({ in_cpp; in_sql; } | sort -u)
[[ -n $raised ]] || fault 'no ERRCODE_ was found: this check looks in the wrong place'
for name in $raised; do
    state=$(state_of "$name")
    if [[ -z $state ]]; then
        fault "$name is not in $codes"
    elif ! grep -qF "| \`$state\` |" "$page"; then
        fault "$page has no row for $state ($name)"
    fi
done

# The names of the states, as PL/pgSQL knows them: the last column of errcodes.txt.
names=$("${PG_CONFIG:-pg_config}" --sharedir)/errcodes.txt
if [[ -r $names ]]; then
    while IFS='|' read -r _ state name _; do
        state=${state//[\` ]/} name=${name// /}
        [[ -z $name ]] || grep -qE "^$state +[EWS] +ERRCODE_[A-Z0-9_]+ +$name\$" "$names" ||
            fault "$page calls $state \"$name\", which is not its name"
    done < <(grep '^| `' "$page")
fi

exit "$status"
