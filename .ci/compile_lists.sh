#!/usr/bin/env bash
# make and CMake compile the same files of extension/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake -S . -B build/commands -DPG_CONFIG="${PG_CONFIG:-pg_config}" >/dev/null

by_make=$(make --silent ${PG_CONFIG:+PG_CONFIG="$PG_CONFIG"} sources | sort)
by_cmake=$(sed -n "s|^ *\"file\": \"$PWD/\(extension/.*\)\",\?\$|\1|p" build/commands/compile_commands.json | sort)

diff --label 'make sources' --label 'build/commands/compile_commands.json' --unified \
    <(printf '%s\n' "$by_make") <(printf '%s\n' "$by_cmake")
