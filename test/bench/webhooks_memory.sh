# shellcheck shell=bash
# The most memory that the gateway of the row webhooks had. No rival, but a bound.
bench_row webhooks_memory at_most 1.0 1.0 MB 'memory of the gateway' 'the bound'

row_webhooks_memory() {
    need webhook_runs
}
