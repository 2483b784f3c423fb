# shellcheck shell=bash
# What a BI tool asks first of a relation that it has found: some row.
bench_row bi_first at_most 1 0.2 ms 'crm_bi: limit 1 of the same, p99' '5 ms'

row_bi_first() {
    bi_times bi_first 5 "select * from crm_bi.lead_current limit 1"
}
