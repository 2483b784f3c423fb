#!/usr/bin/env bash
# make and CMake compile the same files of extension/. Needs build/check.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

by_make=$(make --silent ${PG_CONFIG:+PG_CONFIG="$PG_CONFIG"} sources | sort)
by_cmake=$(sed -n "s|^ *\"file\": \"$PWD/\(extension/.*\)\",\?\$|\1|p" build/check/compile_commands.json | sort)

diff --label 'make sources' --label 'build/check/compile_commands.json' --unified \
    <(printf '%s\n' "$by_make") <(printf '%s\n' "$by_cmake")
