# shellcheck shell=bash
# What a dashboard of one account reads, in a database of 100 accounts.
bench_row bi_mart at_most 1 0.5 ms "crm_bi: one account's mart of 1,200 cells, among 100 accounts, p99" '10 ms'

row_bi_mart() {
    bi_times bi_mart 10 "select * from crm_bi.funnel_monthly where account = 'bi_17'"
}
