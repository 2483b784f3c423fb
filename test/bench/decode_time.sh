# shellcheck shell=bash
# The same as the row decode by the clock, with all that the processor can.
bench_row decode_time report - - ns/body 'decoding a webhook, by the clock' 'jsonb_to_record with casts'

row_decode_time() {
    need decode && interleave decode decode_time_ours decode_time_rival
}

decode_time_ours() {
    local outcome
    outcome=$(decode_ours 5 20000) || return 1
    sample decode_time ours "${outcome#*|}"
}

decode_time_rival() {
    local outcome
    outcome=$(bench_sql decode_rival) || return 1
    sample decode_time rival "$outcome"
}
