# shellcheck shell=bash
# A report over all accounts, of which two have numbers: the time of each account among 1,000, against that among 100.
bench_row bi_thousand_all at_most 1.5 1.1 'ms/account' 'crm_bi: the classic report over 1,000 accounts, 998 empty' 'the same over 100, 98 empty'

row_bi_thousand_all() {
    need bi_more_accounts && bi_take_samples bi_thousand_all bi_all_times
}
