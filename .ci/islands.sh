#!/usr/bin/env bash
# No island owns anything (see islands.query).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib/tools.sh
source .ci/lib/tools.sh
# shellcheck source=.ci/lib/folders.sh
source .ci/lib/folders.sh

llvm_tool clang-query
query() {
    "$tool" -f .ci/islands.query "$@"
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

complaints=$(mktemp)
trap 'rm -f "$complaints"' EXIT
found=$(folder_files extension extension/store extension/api |
    xargs -0 -I{} -P "$(nproc)" "$tool" -f .ci/islands.query {} -- "${folder_flags[@]}" 2>"$complaints")
# It goes on with a file that it could not read, and finds nothing there.
if grep -E ': (fatal )?error: ' "$complaints" >&2; then
    exit 1
fi
if grep -q '"root" binds here' <<<"$found"; then
    printf 'an island owns something that a jump would leak:\n%s\n' "$(grep -A 2 '"root" binds here' <<<"$found")" >&2
    exit 1
fi
