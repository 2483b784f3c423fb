#!/usr/bin/env bash
# No island owns anything (see islands.query). Needs build/check.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

query() {
    clang-query -f .ci/islands.query "$@"
}

# The check itself: it finds each line that an example marks, and no other.
check_example() {
    local example=$1 found marked
    found=$(query "$example" -- -std=c++20 | sed -n 's/^.*\.cpp:\([0-9]*\):[0-9]*: note: "root" binds here$/\1/p' | sort -n)
    marked=$(grep -n '// owns' "$example" | cut -d: -f1) || true
    [[ $found == "$marked" ]] && return
    printf 'the check is broken: in %s it finds lines %s, not %s\n' "$example" "${found//$'\n'/ }" "${marked//$'\n'/ }" >&2
    exit 1
}

check_example .ci/lint_examples/islands_bad.cpp
check_example .ci/lint_examples/islands_good.cpp

found=$(find extension -name '*.cpp' ! -path '*/core/*' -print0 |
    xargs -0 -n 4 -P "$(nproc)" clang-query -p build/check -f .ci/islands.query)
if grep -q '"root" binds here' <<<"$found"; then
    printf 'an island owns something that a jump would leak:\n%s\n' "$(grep -A 2 '"root" binds here' <<<"$found")" >&2
    exit 1
fi
