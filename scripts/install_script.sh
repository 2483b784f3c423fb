#!/usr/bin/env bash
# Writes the extension's install script, the parts of sql/order.txt in their order, to stdout.
#
# Parts say `create or replace`, because an update script runs them again. An install script
# must not: it would take over, without a word, an object that somebody else had made.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../sql"

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
    sed 's/^create or replace /create /I' "$1"
}

# The mappings that are shipped for a source, as rows of pgcrm.stream.
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
        printf "\$mapping\$, true);\n\n"
    done <<<"$streams"
}

entries=$(listed order.txt)
printf '\\echo Use "CREATE EXTENSION pgcrm" to load this file. \\quit\n'
while read -r entry; do
    printf '\n-- sql/%s\n\n' "$entry"
    case $entry in
        sources/*/'*.json') shipped_streams "$(cut -d/ -f2 <<<"$entry")" ;;
        *) part "$entry" ;;
    esac
done <<<"$entries"
