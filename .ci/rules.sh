#!/usr/bin/env bash
# crm_verify looks at every mart, and at nothing in vain: each file of core/marts that defines one has its file in sql/rules, and
# each part there is read by another or compared.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

compared=$(scripts/rules.sh compared)
marts=$(sed -nE 's/^ *static constexpr std::string_view name = "([a-z0-9_]+)";$/\1/p' extension/core/marts/*.cpp)
[[ -n $marts ]] || fault 'no mart was found in extension/core/marts: this check looks for the wrong words'
for mart in $marts; do
    grep -qxF "$mart" <<<"$compared" || fault "mart $mart has no sql/rules/$mart.sql that says what it is compared by"
done

statement=$(scripts/rules.sh verify)
while read -r part; do
    (($(grep -owF "$part" <<<"$statement" | wc -l) > 1)) || fault "part $part in sql/rules is read by no other"
done < <(sed -nE 's/^([a-z][a-z0-9_]*) as (not )?(materialized )?\($/\1/p' sql/rules/*.sql)

exit "$status"
