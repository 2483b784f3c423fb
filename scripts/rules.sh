#!/usr/bin/env bash
# Puts the parts in sql/rules together (its README says what a part is):
#
#   rules.sh verify           the statement of crm_verify: what the stored tables hold, against what the rules expect
#   rules.sh header           the same as a C++ header
#   rules.sh parts [FILE...]  the parts alone, to stand after `with recursive`; a part of FILE takes the place of its namesake
#   rules.sh compared         the relations that are compared with tables
set -euo pipefail
shopt -s nullglob
export LC_ALL=C

declare -A parts=()  # name -> its text, without a comma
declare -A keys=()   # relation that is compared -> the columns it is compared by
declare -A homes=()  # name -> the file it is from
names=()

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# read_parts FILE: a part begins with `name as (` and ends with `)`, each at the start of a line.
read_parts() {
    local file=$1 line lines name=
    mapfile -t lines <"$file"
    for line in "${lines[@]}"; do
        if [[ -n $name ]]; then
            [[ $line =~ ^\ *-- ]] || parts[$name]+=$'\n'$line
            [[ $line != ')' ]] || name=
        elif [[ $line =~ ^--\ compared\ by\ (.+)$ ]]; then
            keys[$(basename "$file" .sql)]=${BASH_REMATCH[1]}
        elif [[ $line =~ ^([a-z][a-z0-9_]*)\ as\ (materialized\ |not\ materialized\ )?\($ ]]; then
            name=${BASH_REMATCH[1]}
            name_part "$file" "$name"
            parts[$name]=$line
        elif [[ -n $line && $line != --* ]]; then
            die "$file: expected a comment or \"name as (\", not \"$line\""
        fi
    done
    [[ -z $name ]] || die "$file: part $name has no end, a line \")\""
}

name_part() {
    local file=$1 name=$2
    if [[ -z ${homes[$name]:-} ]]; then
        names+=("$name")
    elif [[ $file == sql/rules/* ]]; then
        die "$file and ${homes[$name]} both have a part $name"
    fi
    homes[$name]=$file
}

# What is expected of the relation that a file is named after is compared, and nothing else.
check_comparisons() {
    local relation name
    for relation in "${!keys[@]}"; do
        [[ -n ${parts[expected_$relation]:-} ]] || die "sql/rules/$relation.sql is compared, but has no part expected_$relation"
        [[ -n ${parts[stored_$relation]:-} ]] || die "sql/rules/$relation.sql is compared, but has no part stored_$relation"
    done
    for name in "${names[@]}"; do
        [[ $name != expected_* || -n ${keys[${name#expected_}]:-} ]] ||
            die "$name is expected, but sql/rules/${name#expected_}.sql has no line \"-- compared by COLUMN, ...\""
    done
}

# joined SEPARATOR TEXT...
joined() {
    local separator=$1 text=$2
    shift 2
    printf '%s' "$text" "${@/#/$separator}"
}

all_parts() {
    local name texts=()
    for name in "${names[@]}"; do
        texts+=("${parts[$name]}")
    done
    joined $',\n' "${texts[@]}"
}

compared() {
    printf '%s\n' "${!keys[@]}" | sort
}

# Rows of a relation that differ. A table may have columns of its owner's as well, so what is compared of it is a part too.
differing_rows() {
    local relation=$1 key=${keys[$1]} column columns key_values=()
    IFS=', ' read -ra columns <<<"$key"
    for column in "${columns[@]}"; do
        key_values+=("coalesce(s.$column, e.$column)")
    done
    printf "    select '%s', concat_ws('/', %s), to_jsonb(s), to_jsonb(e)\n" "$relation" "$(joined ', ' "${key_values[@]}")"
    printf '    from stored_%s s full join expected_%s e using (%s)\n    where s is distinct from e' "$relation" "$relation" "$key"
}

comparisons() {
    local relation texts=()
    for relation in $(compared); do
        texts+=("$(differing_rows "$relation")")
    done
    joined $'\n    union all\n' "${texts[@]}"
}

# Differences that are no cell of one relation.
other_differences() {
    local name
    for name in "${names[@]}"; do
        [[ $name != difference_* ]] || printf '\n    union all\n    select * from %s' "$name"
    done
}

verify() {
    printf 'with recursive\n%s,\ndiffering (relation, key, stored, expected) as (\n%s\n),\n' "$(all_parts)" "$(comparisons)"
    cat <<'SQL'
difference (relation, key, column_name, stored, expected) as (
    select d.relation, d.key, cell.column_name, s.value #>> '{}', e.value #>> '{}'
    from differing d
    cross join lateral (
        select jsonb_object_keys(d.stored) as column_name
        union
        select jsonb_object_keys(d.expected)) cell
    left join lateral (select d.stored -> cell.column_name as value) s on true
    left join lateral (select d.expected -> cell.column_name as value) e on true
SQL
    printf '    where s.value is distinct from e.value%s\n)\n' "$(other_differences)"
    cat <<'SQL'
select d.relation::text, d.key::text, d.column_name::text, d.stored::text, d.expected::text
from difference d
order by d.relation collate "C", d.key collate "C", d.column_name collate "C"
SQL
}

header() {
    local statement
    statement=$(verify)
    [[ $statement != *')sql"'* ]] || die 'a part holds what ends the C++ literal around it, )sql"'
    printf '// Made by scripts/rules.sh from sql/rules: change it there.\n#pragma once\n\nnamespace pgcrm {\n\n'
    printf 'inline constexpr char verify_query[] = R"sql(\n%s\n)sql";\n\n} // namespace pgcrm\n' "$statement"
}

wanted=${1:-}
shift $(($# > 0))
extra=()
for file; do
    extra+=("$(realpath "$file")")
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for file in sql/rules/*.sql "${extra[@]}"; do
    read_parts "$file"
done
check_comparisons
case $wanted in
    verify) verify ;;
    header) header ;;
    parts) all_parts && printf '\n' ;;
    compared) compared ;;
    *) die 'usage: rules.sh verify|header|parts [FILE...]|compared' ;;
esac
