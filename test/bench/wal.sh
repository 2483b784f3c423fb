# shellcheck shell=bash
# Bytes of write-ahead log for each event of the bulk runs: what a replica or an archive receives.
bench_row wal report - - bytes/event 'write-ahead log of the bulk ingest' 'that of the binary COPY'

row_wal() {
    need bulk_runs
}
