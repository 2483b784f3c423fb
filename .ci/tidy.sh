#!/usr/bin/env bash
# clang-tidy finds nothing (see .clang-tidy). Each folder, but for the generator's, is looked at as one file that includes all of it: most of
# clang-tidy's time goes into headers, which are then read once and not once a file. So names of one folder must
# differ, also in unnamed namespaces.
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

flags=(-std=c++20 -xc++ -I. -Iextension -Igateway/src -Wno-register '-DPGCRM_VERSION="0"' -DBOOST_ASIO_NO_DEPRECATED
    -isystem "$("${PG_CONFIG:-pg_config}" --includedir)" -isystem "$("${PG_CONFIG:-pg_config}" --includedir-server)")

# In a folder at the same depth, so that paths in the findings are those of the tree.
mkdir -p build/tidy
for folder in extension/core extension/store extension/api gateway/src gateway/client; do
    printf '#include "%s"\n' "$folder"/*.cpp >"build/tidy/${folder//\//_}.cpp"
done
printf '#include "extension/%s"\n' module.cpp settings.cpp >build/tidy/extension.cpp

printf '%s\0' build/tidy/*.cpp generator/*.cpp |
    xargs -0 -I{} -P "$(nproc)" clang-tidy --quiet --config-file=.clang-tidy --checks=-bugprone-suspicious-include {} -- \
        "${flags[@]}"
