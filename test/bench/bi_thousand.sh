# shellcheck shell=bash
# What more accounts cost: one account's mart among 1,000 against the same among 100. It makes the other 900, so it is measured
# after the rows that have 100.
bench_row bi_thousand at_most 3 1.5 ms "crm_bi: one account's mart among 1,000 accounts" 'the same among 100'

row_bi_thousand() {
    need bi_more_accounts && bi_take_samples bi_thousand bi_mart_times
}

declare -A bi_mart_times=() bi_all_times=()

provide_bi_more_accounts() {
    need bi_accounts && bi_measure_all 100 || return 1
    quietly accounts "$(logs)/bench-bi-more.log" bench_sql bi_more_accounts || { show_end "$(logs)/bench-bi-more.log"; return 1; }
    bi_measure_all 1000
}

bi_measure_all() {
    local run
    for ((run = 0; run < bench_runs; run++)); do
        bi_mart_times[$1]+=" $(bi_time p50 100 "select * from crm_bi.funnel_monthly where account = 'bi_17'")"
        bi_all_times[$1]+=" $(bi_time "p50 / $1" 3 'select account, sum(deals_count) from crm_bi.sales_funnel_monthly group by 1')"
    done
}

# bi_take_samples ROW TIMES
bi_take_samples() {
    local -n times=$2
    local each
    for each in ${times[1000]}; do
        sample "$1" ours "$each"
    done
    for each in ${times[100]}; do
        sample "$1" rival "$each"
    done
}
