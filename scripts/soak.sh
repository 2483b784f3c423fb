# shellcheck shell=bash
# ./pgcrm soak: random histories against the rules written a second time, in Python, for as long as wanted;
# then backends are killed in the middle of ingest and of refresh, and at last gateways, backends and servers
# while webhooks are posted. A seed that fails is kept in
# build/soak/failed, with what differed; the exit status is then 1.

soak_minutes=10
soak_kills=100
soak_gateway_kills=300
soak_seed=

soak_usage() {
    cat <<TEXT
usage: ./pgcrm soak [OPTION...]

Puts random histories into a private server in .soak/ and compares every number with what
test/reference/rules.py says, after every refresh, until the time is over. Then kills backends
while events come in, and looks whether one was lost or counted twice. At last kills gateways,
backends and whole servers of another private server under the load of posted webhooks.

  --minutes N   how long (10)
  --kills N     how many backends are killed then (100)
  --gateway-kills N  how many kills under posted webhooks (300)
  --seed S      the histories of an earlier run
  --office N    of that seed only the office of this number: replays what failed
  --help

Seeds that failed are kept in build/soak/failed.
TEXT
}

soak() {
    soak_options "$@"
    say "${bold}pgcrm soak${plain}"
    install_packages test
    build_all
    ((soak_gateway_kills == 0)) || build_programs pgcrm-gateway
    cluster_claim .soak
    cluster_make soak
    cluster_configure soak "shared_preload_libraries = ''" "listen_addresses = ''" 'fsync = off' 'shared_buffers = 512MB'
    cluster_start
    run_sql soak --command='create extension pgcrm'
    soak_run
    cluster_stop
    cluster_clear
}

soak_options() {
    soak_arguments=()
    soak_seed=$(printf '%08x' "$SRANDOM")
    while (($# > 0)); do
        case $1 in
            --help) soak_usage && exit ;;
            --minutes | --kills | --gateway-kills | --seed | --office)
                (($# > 1)) || die "$1 needs a value"
                case $1 in
                    --minutes) soak_minutes=$2 ;;
                    --kills) soak_kills=$2 ;;
                    --gateway-kills) soak_gateway_kills=$2 ;;
                    --seed) soak_seed=$2 ;;
                    --office) soak_arguments+=(--office "$2") soak_kills=0 soak_gateway_kills=0 ;;
                esac
                shift
                ;;
            *) die "unknown option \"$1\"" "$(soak_usage)" ;;
        esac
        shift
    done
    [[ $soak_gateway_kills =~ ^[0-9]+$ ]] || die "expected a number of kills, not \"$soak_gateway_kills\""
    [[ $soak_kills =~ ^[0-9]+$ ]] || die "expected a number of kills, not \"$soak_kills\""
    [[ $soak_minutes =~ ^[0-9]+([.][0-9]+)?$ ]] || die "expected minutes, not \"$soak_minutes\""
}

soak_run() {
    mkdir -p "$checkout/build/soak"
    soak_part reference/check soak --histories 0 --minutes "$soak_minutes" --seed "$soak_seed" "${soak_arguments[@]}"
    [[ $soak_kills == 0 ]] || soak_part reference/crash soak --kills "$soak_kills" --seed "$soak_seed"
    [[ $soak_gateway_kills == 0 ]] || soak_part gateway/kill_campaign --kills "$soak_gateway_kills" --seed "$soak_seed"
}

# soak_part NAME ARGUMENT...: test/NAME.py, whose output is kept when it fails.
soak_part() {
    local name=$1 log=$checkout/build/soak/${1##*/}.log
    shift
    if ! PSQL=$(cluster_bin psql) PG_BIN=$("$pg_config" --bindir) \
        python3 -B "$checkout/test/$name.py" "$@" > >(tee "$log") 2> >(tee -a "$log" >&2); then
        { printf '== %s of %s at %s\n' "$name" "$(git -C "$checkout" rev-parse --short HEAD 2>/dev/null)" "$(date --iso-8601=seconds)" &&
            cat "$log"; } >>"$checkout/build/soak/failed"
        die "seed $soak_seed has failed" 'What differed is kept in build/soak/failed.'
    fi
}
