#!/usr/bin/env bash
# Each regression test and each isolation spec has its expected output, each expected output
# has its test, and no two tests share one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

# A test may have alternatives: expected/name_1.out beside expected/name.out.
test_of() {
    local name=${1##*/}
    name=${name%.out}
    [[ -e expected/${name%_[0-9]}.out ]] && name=${name%_[0-9]}
    printf '%s' "$name"
}

for file in test/sql/*.sql test/specs/*.spec; do
    name=${file##*/}
    name=${name%.*}
    [[ -e expected/$name.out ]] || fault "$file has no expected/$name.out"
done
for file in test/specs/*.spec; do
    name=$(basename "$file" .spec)
    [[ ! -e test/sql/$name.sql ]] || fault "$file and test/sql/$name.sql share expected/$name.out"
done
for file in expected/*.out; do
    name=$(test_of "$file")
    [[ -e test/sql/$name.sql || -e test/specs/$name.spec ]] || fault "$file belongs to no test"
done

exit "$status"
