# shellcheck shell=bash
# Instructions to decode one webhook: bytes to typed columns and an observation. The rival is the
# server: a cast to jsonb, jsonb_to_record twice, and the casts of the columns.
#
# Both are counted by callgrind, as the difference between a run over some bodies and one over more,
# so that starting does not count. Other work on the machine does not change these numbers. Neither
# side has the processor's newest instructions then: valgrind knows AVX2 and not AVX-512.
bench_row decode report - - instructions/body 'decoding a webhook, counted' 'jsonb_to_record with casts'

decode_bodies=1000

row_decode() {
    need decode && decode_count ours decode_ours_counted && decode_rival_count
}

provide_decode() {
    ((bench_events >= 2 * decode_bodies)) || { warn "decoding is counted over $((2 * decode_bodies)) events or more"; return 1; }
    need bodies && try decoder bench-decoder configure_and_build measure pgcrm-bench-decode -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DPGCRM_CORE_OBJECTS= &&
        bench_sql decode_table >/dev/null || return 1
    decode_mappings=()
    local stream
    while read -r stream; do
        decode_mappings+=("$checkout/sql/sources/nocrm/$stream.json")
    done < <(grep -v '^#' "$checkout/sql/sources/nocrm/order.txt")
    decode_write_bodies "$decode_bodies" && decode_write_bodies $((2 * decode_bodies)) && decode_write_bodies 20000
}

decode_write_bodies() {
    bench_query "select body from rig.text_body where line <= $1 order by line" >"$checkout/build/bench/bodies-$1"
}

# decode_ours PASSES BODIES [WRAPPER...]: prints how many were decoded|nanoseconds for each.
decode_ours() {
    local passes=$1 bodies=$2
    shift 2
    "$@" "$checkout/build/measure/pgcrm-bench-decode" "$passes" "$checkout/build/bench/bodies-$bodies" "${decode_mappings[@]}"
}

# decode_count SIDE COMMAND: a sample of the instructions for each body that COMMAND BODIES FILE,
# which leaves callgrind's output in FILE, takes for a thousand more.
decode_count() {
    local bodies file counts=()
    for bodies in "$decode_bodies" $((2 * decode_bodies)); do
        file=$cluster_dir/callgrind.$1.$bodies
        quietly decode "$(logs)/bench-callgrind.log" "$2" "$bodies" "$file" ||
            { show_end "$(logs)/bench-callgrind.log"; return 1; }
        counts+=("$(sed -n 's/^\(summary\|totals\): *//p' "$file" | head -n 1)")
    done
    sample decode "$1" "$(calculate "(${counts[1]} - ${counts[0]}) / $decode_bodies")"
}

decode_ours_counted() {
    decode_ours 1 "$1" valgrind --tool=callgrind --callgrind-out-file="$2"
}

# One process that is all of the server: the bench's own server makes room for it.
decode_rival_count() {
    local status=0
    as_cluster_owner "$(cluster_bin pg_ctl)" stop --pgdata="$cluster_dir/data" --mode=fast --silent || return 1
    decode_count rival decode_rival_counted || status=1
    as_cluster_owner "$(cluster_bin pg_ctl)" start --pgdata="$cluster_dir/data" --log="$cluster_dir/server.log" \
        --wait --silent || return 1
    return "$status"
}

decode_rival_counted() {
    as_cluster_owner valgrind --tool=callgrind --callgrind-out-file="$2" \
        "$(cluster_bin postgres)" --single -D "$cluster_dir/data" -c shared_buffers=128MB bench \
        <<<"select rig.decoded_by_server($1)"
}

profile_decode() {
    local data=$checkout/build/bench/perf.data
    check_perf
    need decode && quietly profile "$(logs)/bench-perf.log" \
        decode_ours 100 20000 perf record --freq=997 --output="$data" && profile_print "$data"
}
