#!/usr/bin/env bash
# Every setting of the gateway is in its reference page, and the page names no other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck disable=SC2016 # backquotes are the page's own
settings=$(sed -n 's/^ *("\([a-z-]*\)", value<string>.*/\1/p' gateway/src/operations/settings.cpp | sort)
# shellcheck disable=SC2016
told=$(sed -n '/^## Settings/,/^## Signals/s/^| \(`[a-z].*`\) | .* | .* |$/\1/p' docs/reference/gateway.md | cut -d'|' -f1 |
    grep -o '`[a-z-]*`' | tr -d '`' | sort)
diff <(echo "$settings") <(echo "$told") >&2 || {
    echo 'docs/reference/gateway.md does not list the settings of gateway/src/operations/settings.cpp' >&2
    exit 1
}
