#!/usr/bin/env bash
# clang-tidy finds nothing (see .clang-tidy). The generator's files are looked at one by one: their short names
# stand for other things in each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib/tools.sh
source .ci/lib/tools.sh
# shellcheck source=.ci/lib/folders.sh
source .ci/lib/folders.sh

llvm_tool clang-tidy

# The check itself: it refuses an example that breaks what .clang-tidy asks for.
found=$("$tool" --quiet .ci/lint_examples/tidy_bad.cpp -- -std=c++20 2>/dev/null) || true
for expected in readability-identifier-naming bugprone-use-after-move performance-for-range-copy; do
    grep -qF "[$expected," <<<"$found" || {
        printf 'the check is broken: it does not find %s in .ci/lint_examples/tidy_bad.cpp\n' "$expected" >&2
        exit 1
    }
done

{ folder_files extension extension/core extension/store extension/api gateway/src gateway/client && printf '%s\0' generator/*.cpp; } |
    xargs -0 -I{} -P "$(nproc)" "$tool" --quiet --config-file=.clang-tidy --checks=-bugprone-suspicious-include {} -- \
        "${folder_flags[@]}"
