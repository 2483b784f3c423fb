# shellcheck shell=bash
# One lead of a long relation of crm_bi, planned and read: the slowest in a hundred, against what a person does not notice.
bench_row bi_lead at_most 1 0.2 ms 'crm_bi: one lead of a tenth of the history, p99' '5 ms'

row_bi_lead() {
    bi_times bi_lead 5 "select * from crm_bi.lead_current where lead_id = '10000777' and account = 'bi_1'"
}

# bi_times ROW MOST QUERY
bi_times() {
    local run
    need bi_accounts || return 1
    for ((run = 0; run < bench_runs; run++)); do
        sample "$1" ours "$(bi_time p99 300 "$3")"
        sample "$1" rival "$2"
    done
}
