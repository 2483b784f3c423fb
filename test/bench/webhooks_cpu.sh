# shellcheck shell=bash
# What an event of the row webhooks costs on a core: front, server and the client that posts it.
bench_row webhooks_cpu report - - µs/event 'webhooks: time on a core' 'that of the handler'

row_webhooks_cpu() {
    need webhook_runs
}
