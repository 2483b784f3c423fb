# shellcheck shell=bash
# The same while crm_refresh of the account runs without a pause; the handler has nobody beside it.
bench_row webhooks_refreshing at_most 0.2 0.1 ms 'webhooks: p99 while marts are refreshed' 'that of the handler, alone'

row_webhooks_refreshing() {
    need webhook_runs
}
