# shellcheck shell=bash
# Words to the person at the terminal: results on stdout, what moves and what went wrong on stderr.
# Colours only where a terminal shows them and NO_COLOR is not set.

bold='' dim='' red='' green='' yellow='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'
fi

say() {
    printf '%s\n' "$*"
}

# A step that is finished: its name in a column, then what came of it.
done_step() {
    clear_progress
    printf '  %s✓%s %-10s %s\n' "$green" "$plain" "$1" "$2"
}

warn() {
    clear_progress
    printf '%s%s%s\n' "$yellow" "$*" "$plain" >&2
}

# What went wrong, then what to do about it.
die() {
    clear_progress
    printf '%spgcrm: %s%s\n' "$red" "$1" "$plain" >&2
    if (($# > 1)); then
        shift
        printf '%s\n' "$@" >&2
    fi
    exit 1
}

# 12345678 -> 12,345,678
thousands() {
    sed -E ':again; s/^([0-9]+)([0-9]{3})/\1,\2/; t again' <<<"$1"
}

# Seconds for people: 8 s, 2 min 05 s
duration() {
    if (($1 < 60)); then
        printf '%d s' "$1"
    else
        printf '%d min %02d s' $(($1 / 60)) $(($1 % 60))
    fi
}
