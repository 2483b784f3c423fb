#!/usr/bin/env bash
# The shell scripts have none of the faults that shellcheck knows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=.ci/lib/tools.sh
source .ci/lib/tools.sh
command -v shellcheck >/dev/null || skip "there is no shellcheck"

# What ./pgcrm sources is checked with it: alone, its parts miss each other's names.
shellcheck --external-sources --check-sourced pgcrm
shellcheck --external-sources .ci/run .ci/*.sh scripts/install_script.sh scripts/older_server.sh
# The rows of ./pgcrm bench are found by their folder; what they share is set in scripts/bench.sh.
shellcheck --exclude=SC2154 test/bench/*.sh
shellcheck --external-sources --source-path=SCRIPTDIR test/t/lib/tap.sh test/t/*.t
