# shellcheck shell=bash
# All rows of a long relation of crm_bi, sent to nowhere: through the account's query and the reader's, against the same
# columns of the account's own table, where one plan does.
bench_row bi_rows at_most 2.0 1.5 ms 'crm_bi: all rows of a tenth of the history' "the account's table"

row_bi_rows() {
    need bi_accounts && interleave crm_bi bi_rows_ours bi_rows_rival
}

provide_bi_accounts() {
    quietly accounts "$(logs)/bench-bi.log" bench_sql bi_setup --set=leads="$((bench_history / 10))" ||
        { show_end "$(logs)/bench-bi.log"; return 1; }
}

# bi_copy RELATION CONDITION: milliseconds
bi_copy() {
    local columns='lead_id, stage_id, entered_at, status, amount, currency, owner, created_at, closed_at, deleted_at'
    bi_time p50 1 "copy (select $columns from $1 where $2) to '/dev/null'"
}

# bi_time p50|p99 RUNS QUERY: milliseconds
bi_time() {
    bench_query "select $1 from rig.times('${3//"'"/"''"}', $2)"
}

bi_rows_ours() {
    sample bi_rows ours "$(bi_copy crm_bi.lead_current "account = 'bi_1'")"
}

bi_rows_rival() {
    sample bi_rows rival "$(bi_copy bi_1.lead_current true)"
}
