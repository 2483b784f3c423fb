# shellcheck shell=bash
# The row webhooks once more: how long the slowest hundredth of the requests waits. Both sides are as busy as they can
# be, so this is the time in the queue of 16; the row webhook_latency has rates that leave room.
bench_row webhooks_p99 at_most 0.1 0.05 ms 'webhooks: p99 of the answers' 'that of the handler'

row_webhooks_p99() {
    need webhook_runs
}
