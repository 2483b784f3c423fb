#!/usr/bin/env bash
# Pages can be read and edited in a terminal: no line over 140 characters but in tables and in code, and no row of a table over
# 250. What a page links to is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 # a character is not a byte

longest_line=140
longest_row=250
status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

# check_length PLACE LINE
check_length() {
    if [[ $2 =~ ^\ *\| ]]; then
        ((${#2} <= longest_row)) || fault "$1: a row of ${#2} characters; the longest may have $longest_row"
    else
        ((${#2} <= longest_line)) || fault "$1: a line of ${#2} characters; the longest may have $longest_line"
    fi
}

check_lines() {
    local page=$1 line in_code='' number=0
    while IFS= read -r line || [[ -n $line ]]; do
        number=$((number + 1))
        if [[ $line =~ ^\ *\`\`\` ]]; then
            [[ -n $in_code ]] && in_code='' || in_code=yes
        elif [[ -z $in_code ]]; then
            check_length "$page:$number" "$line"
        fi
    done <"$page"
    [[ -z $in_code ]] || fault "$page: a block of code has no end"
}

# Links to files of the tree; links within a page and into the web are left alone.
check_links() {
    local page=$1 target
    while read -r target; do
        [[ -e $(dirname "$page")/${target%%#*} ]] || fault "$page: links to $target, which is not there"
    done < <(tr '\n' ' ' <"$page" | grep -oE '\]\([^) ]+\)' | sed -e 's/^](//' -e 's/)$//' | grep -vE '^(#|[a-z]+:)')
}

mapfile -t pages < <(find .ci docs extension gateway generator scripts sql test -name '*.md' | sort; printf '%s\n' ./*.md)
((${#pages[@]} > 20)) || fault 'hardly a page was found: this check looks in the wrong place'
for page in "${pages[@]}"; do
    check_lines "$page"
    check_links "$page"
done

exit "$status"
