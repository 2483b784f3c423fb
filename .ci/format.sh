#!/usr/bin/env bash
# Every C++ file is formatted as .clang-format says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib/tools.sh
source .ci/lib/tools.sh

llvm_tool clang-format
status=0
while read -r file; do
    "$tool" "$file" | cmp --silent - "$file" && continue
    printf 'not formatted: clang-format -i %s\n' "$file" >&2
    status=1
done < <(find extension gateway generator test .ci -name '*.[ch]pp' | sort)

exit "$status"
