#!/usr/bin/env bash
# Pages that show what one types and what is seen then. Their blocks of SQL are run, one after the other in a new database, and
# print what the box of text after each says. A block without such a box runs without an error.
. "$(dirname "$0")/lib/tap.sh"

docs=$here/../../docs

# blocks PAGE sql|text: the blocks of that kind, a line "block <number>" before each: for psql as a command. A box of text has
# the number of the SQL before it.
blocks() {
    awk -v wanted="$2" '
        /^```/ && inside { inside = ""; next }
        /^```/ {
            inside = substr($0, 4)
            if (inside == "sql") ++number
            shown = inside == "text" && last == "sql"
            last = inside
            if (inside == wanted && wanted == "sql") printf "\\echo block %d\n", number
            if (shown && wanted == "text") printf "block %d\n", number
            next
        }
        inside == wanted && (wanted == "sql" || shown)' "$1"
}

# block NUMBER FILE: what stands there below that line, without what an editor takes off the ends of lines.
block() {
    awk -v head="block $1" '$0 == head { here = 1; next } /^block [0-9]+$/ { here = 0 } here' "$2" | sed 's/ *$//'
}

check_page() {
    local page=$1 name=${1#"$docs/"} number title
    make_database life_pages
    blocks "$page" sql | PGOPTIONS='' psql -X -d life_pages >"$work/seen" 2>&1
    blocks "$page" text >"$work/told"
    for ((number = 1; number <= $(grep -c '^```sql$' "$page"); number++)); do
        title="$name: what block $number prints"
        if grep -qx "block $number" "$work/told"; then
            is "$(block "$number" "$work/seen")" "$(block "$number" "$work/told")" "$title"
        else
            ! block "$number" "$work/seen" | grep '^ERROR: '
            ok $? "$title is no error"
        fi
    done
}

for page in "$docs"/tutorial/*.md "$docs"/how-to/add-a-source.md; do
    check_page "$page"
done
done_testing
