#!/usr/bin/env bash
# Every C++ file is formatted as .clang-format says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

find extension generator test .ci -name '*.[ch]pp' -print0 | sort -z |
    xargs -0 clang-format --dry-run -Werror
