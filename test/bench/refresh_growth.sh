# shellcheck shell=bash
# The refresh of the row refresh on the whole history, against the same on a tenth of it. The other
# sizes make a curve of it, build/bench/refresh_cost.svg, together with the rival on each.
bench_row refresh_growth at_most 1.3 1.1 ms 'refresh after 1,000 events, whole history' 'the same on a tenth of the history'

row_refresh_growth() {
    need history && interleave growth growth_whole growth_tenth && growth_curve
}

growth_whole() {
    growth_sample ours "$bench_history"
}

growth_tenth() {
    growth_sample rival "$(history_sizes | sed -n 3p)"
}

growth_sample() {
    local outcome
    outcome=$(history_refresh "$2") || return 1
    sample refresh_growth "$1" "$(calculate "1000 * ${outcome%%|*}")"
}

# Ours on all sizes first: a rival reads so much that little of what was warm stays in memory.
growth_curve() {
    local size rival seconds core rest curve=$checkout/build/bench/refresh_cost
    local -A refreshed=()
    for size in $(history_sizes | sort -n); do
        refreshed[$size]=$(history_refresh "$size") || return 1
    done
    : >"$curve.tsv"
    for size in $(history_sizes | sort -n); do
        if ((size == bench_history)) && [[ -n ${samples[refresh.rival]:-} ]]; then
            rival=$(calculate "3600 / $(cut -d' ' -f2 <<<"${samples[refresh.rival]}")")
        else
            rival=$(history_rival_again "$size") || return 1
        fi
        IFS='|' read -r seconds core rest <<<"${refreshed[$size]}"
        printf '%d\t%s\t%s\t%s\n' "$size" "$seconds" "$core" "${rival%%|*}" >>"$curve.tsv"
    done
    awk -f "$checkout/test/bench/refresh_cost.awk" "$curve.tsv" >"$curve.svg"
}

detail_refresh_growth() {
    awk -F '\t' '{ printf "%10d observations: %7.1f ms (%7.1f ms on a core), window functions %9.1f ms\n", $1, 1000 * $2, 1000 * $3, 1000 * $4 }' \
        "$checkout/build/bench/refresh_cost.tsv"
}
