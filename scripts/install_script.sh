#!/usr/bin/env bash
# Writes a script of the extension to stdout:
#
#   install_script.sh          what CREATE EXTENSION runs: the parts of sql/order.txt in their order
#   install_script.sh 0.1.0    what ALTER EXTENSION UPDATE runs from that version on: the steps of
#                              sql/updates from there to now, then all parts but the tables
#
# Parts say `create or replace`, because an update script runs them again. An install script
# must not: it would take over, without a word, an object that somebody else had made.
set -euo pipefail
export LC_ALL=C # the same order of sources everywhere
cd "$(dirname "${BASH_SOURCE[0]}")/../sql"

version=$(sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" ../pgcrm.control)
from=${1:-}

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The lines of a list without comments and blanks.
listed() {
    [[ -r $1 ]] || die "there is no sql/$1"
    sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$1"
}

part() {
    [[ -r $1 ]] || die "sql/order.txt lists $1, but there is no sql/$1"
    if [[ -n $from ]]; then
        cat "$1"
    else
        sed 's/^create or replace /create /I' "$1"
    fi
}

# The mappings that are shipped for a source, as rows of pgcrm.stream. Rows of the user's are
# other rows, also under the same names.
shipped_streams() {
    local source=$1 ordinal=0 streams stream file
    streams=$(listed "sources/$source/order.txt")
    while read -r stream; do
        file=sources/$source/$stream.json
        [[ -r $file ]] || die "sources/$source/order.txt lists $stream, but there is no sql/$file"
        grep -qF "\$mapping\$" "$file" && die "sql/$file holds the quote that surrounds it, \$mapping\$"
        ordinal=$((ordinal + 1))
        printf "insert into pgcrm.stream (source, ordinal, stream, mapping, shipped)\n"
        printf "values ('%s', %d, '%s', \$mapping\$\n" "$source" "$ordinal" "$stream"
        cat "$file"
        printf "\$mapping\$, true)"
        [[ -z $from ]] || printf "\non conflict (source, stream, shipped) do update set ordinal = excluded.ordinal, mapping = excluded.mapping"
        printf ";\n\n"
    done <<<"$streams"
}

shipped_sources() {
    local folder
    for folder in sources/*/; do
        shipped_streams "$(basename "$folder")"
    done
}

parts() {
    local entries entry
    entries=$(listed order.txt)
    while read -r entry; do
        [[ -z $from || $entry != tables/* ]] || continue
        printf '\n-- sql/%s\n\n' "$entry"
        case $entry in
            'sources/*/*.json') shipped_sources ;;
            *) part "$entry" ;;
        esac
    done <<<"$entries"
}

# The hand-written steps from one version to the next.
steps() {
    local at=$from step
    while [[ $at != "$version" ]]; do
        step=$(printf '%s\n' updates/"$at"--*.sql)
        [[ -r $step ]] || die "there is not one step sql/updates/$at--<next version>.sql"
        printf '\n-- sql/%s\n\n' "$step"
        cat "$step"
        at=$(basename "${step#*--}" .sql)
    done
}

if [[ -n $from ]]; then
    printf '\\echo Use "ALTER EXTENSION pgcrm UPDATE" to load this file. \\quit\n'
    steps
else
    printf '\\echo Use "CREATE EXTENSION pgcrm" to load this file. \\quit\n'
fi
parts
