#!/usr/bin/env bash
# clang-tidy finds nothing (see .clang-tidy). Needs build/check.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The check itself: it refuses an example that breaks what .clang-tidy asks for.
found=$(clang-tidy --quiet .ci/lint_examples/tidy_bad.cpp -- -std=c++20 2>/dev/null) || true
for expected in readability-identifier-naming bugprone-use-after-move performance-for-range-copy; do
    grep -qF "[$expected," <<<"$found" || {
        printf 'the check is broken: it does not find %s in .ci/lint_examples/tidy_bad.cpp\n' "$expected" >&2
        exit 1
    }
done

find extension gateway generator -name '*.cpp' -print0 |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p build/check
