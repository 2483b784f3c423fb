#!/usr/bin/env bash
# Nobody includes what stands later in the flow. Below are the rooms of each part, each of which may include those
# before it in its line and itself; files that lie in the part itself stand over its rooms. The core sees no
# header of the server, and the gateway nothing of the extension.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

declare -A rooms=(
    [extension/core]='text json history marts mapping'
    [extension/store]='rows account catalog observation event history marts refresh face'
    [extension/api]='account event refresh read check'
    [gateway/src]='operations database ingest serve'
)
# What a part may include of others: the beginnings of paths, as #include has them.
declare -A others=(
    [extension/core]='core/'
    [extension/store]='core/ pgcxx/ store/ settings.hpp'
    [extension/api]='core/ pgcxx/ store/ api/ settings.hpp'
    [extension/pgcxx]='pgcxx/'
    [gateway/src]='operations/ database/ ingest/ serve/'
)

status=0
fault() {
    printf '%s\n' "$*" >&2
    status=1
}

# place ROOM LIST: its number in the list; none when it is not there.
place() {
    local number=0 room
    for room in $2; do
        number=$((number + 1))
        [[ $room != "$1" ]] || printf '%d' "$number"
    done
}

# begins_with TEXT BEGINNING...
begins_with() {
    local text=$1 beginning
    shift
    for beginning; do
        [[ $text != "$beginning"* ]] || return 0
    done
    return 1
}

# check_include PART FILE INCLUDED: one line of a file that lies in a room, or in the part itself.
check_include() {
    local part=$1 file=$2 included=$3 own other prefix=${1#*/}/
    local -a allowed
    read -r -a allowed <<<"${others[$part]}"
    own=${file#"$part"/}
    [[ $part != gateway/src ]] || prefix=
    [[ $own == */* || $part != gateway/src ]] || return 0
    begins_with "$included" "${allowed[@]}" || { fault "$file includes $included, of which $part may know nothing"; return; }
    [[ $own == */* && -n ${rooms[$part]:-} && $included == "$prefix"* ]] || return 0
    own=$(place "${own%%/*}" "${rooms[$part]}")
    [[ -n $own ]] || { fault "$file lies in a room that .ci/rooms.sh does not know"; return; }
    other=${included#"$prefix"}
    [[ $other == */* ]] || { fault "$file includes $included, which stands over all rooms"; return; }
    other=$(place "${other%%/*}" "${rooms[$part]}")
    ((${other:-99} <= own)) || fault "$file includes $included, which stands later in the flow"
}

check_part() {
    local part=$1 file included
    while IFS=: read -r file included; do
        check_include "$part" "$file" "$included"
    done < <(grep -rHoE '^#include "[^"]+"' --include='*.[ch]pp' "$part" | sed -E 's/:#include "(.*)"$/:\1/')
}

# The server's headers come in angle brackets or by pgcxx.
check_core_is_alone() {
    local found
    found=$(grep -rnE '#include [<"](postgres|libpq|fmgr|utils/|catalog/|executor/|access/|pgcxx)' extension/core) || return 0
    fault 'the core includes headers of the server:' "$found"
}

# The check itself: it refuses what stands later, and takes what stands before.
check_itself() {
    check_include extension/core extension/core/text/example.cpp core/marts/mart.hpp 2>/dev/null
    ((status == 1)) || { printf 'the check is broken: it finds nothing\n' >&2; exit 1; }
    status=0
    check_include extension/store extension/store/marts/example.cpp store/rows/prepared.hpp
    ((status == 0)) || { printf 'the check is broken: it refuses what is right\n' >&2; exit 1; }
}

check_itself
for part in "${!others[@]}"; do
    check_part "$part"
done
check_core_is_alone
exit "$status"
