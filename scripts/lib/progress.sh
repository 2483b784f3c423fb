# shellcheck shell=bash
# What moves while something takes time: a bar or a spinner on stderr when that is a terminal,
# otherwise a plain line now and then.

progress_moves=
[[ -t 2 && ${TERM:-dumb} != dumb ]] && progress_moves=yes
progress_quarter=0
running_child=

clear_progress() {
    [[ -z $progress_moves ]] || printf '\r\e[K' >&2
}

# A bar of `width` characters of which done/total is filled, by eighths of a character.
bar() {
    local done=$1 total=$2 width=$3
    local eighths=$((total > 0 ? done * width * 8 / total : 0)) parts=(' ' ▏ ▎ ▍ ▌ ▋ ▊ ▉) text
    ((eighths <= width * 8)) || eighths=$((width * 8))
    printf -v text '%*s' $((eighths / 8)) ''
    text=${text// /█}
    if ((eighths / 8 < width)); then
        text+=${parts[eighths % 8]}
        printf -v text '%s%*s' "$text" $((width - eighths / 8 - 1)) ''
    fi
    printf '%s' "$text"
}

# progress LABEL DONE TOTAL [REMARK]
progress() {
    local label=$1 done=$2 total=$3 remark=${4:-} percent
    percent=$((total > 0 ? done * 100 / total : 100))
    if [[ -n $progress_moves ]]; then
        printf '\r\e[K    %-10s ▕%s▏ %3d %%  %s' "$label" "$(bar "$done" "$total" 30)" "$percent" "$remark" >&2
    elif ((percent / 25 > 0 && percent / 25 != progress_quarter)); then
        printf '    %-10s %3d %%  %s\n' "$label" "$percent" "$remark" >&2
    fi
    progress_quarter=$((percent / 25))
}

# One frame of a spinner, with the seconds since `started`.
working() {
    local label=$1 started=$2 remark=${3:-} frames=(⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏)
    [[ -n $progress_moves ]] || return 0
    printf '\r\e[K  %s %-10s %s  %s' "${frames[${EPOCHREALTIME: -6:1}]}" "$label" \
        "$(duration $((SECONDS - started)))" "$remark" >&2
}

# quietly LABEL LOG COMMAND...: the command's output goes to the log, a spinner to the terminal.
# Gives the command's own exit status.
quietly() {
    local label=$1 log=$2 started=$SECONDS status=0
    shift 2
    set -m # a process group of its own, so that all of it can be ended
    "$@" >"$log" 2>&1 </dev/null &
    set +m
    running_child=$!
    while kill -0 "$running_child" 2>/dev/null; do
        working "$label" "$started"
        sleep 0.1
    done
    wait "$running_child" || status=$?
    running_child=
    clear_progress
    return "$status"
}

# Ends what `quietly` started, when the script is told to stop.
stop_running_child() {
    [[ -z $running_child ]] || kill -- "-$running_child" 2>/dev/null || true
    running_child=
}
