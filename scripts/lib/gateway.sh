# shellcheck shell=bash
# A gateway beside the private server: run as the caller, ended with the script.

gateway_process=
gateway_port=
gateway_metrics_port=

# gateway_start DATABASE USER [OPTION...]: on free ports; returns when it is ready to take events. Somebody else may take
# a port between the look and the start: then others are tried.
gateway_start() {
    local first=54321 tries=0
    while ! gateway_start_from "$first" "$@"; do
        tries=$((tries + 1))
        if ((tries == 30)) || ! grep -q 'Address already in use' "$checkout/build/logs/gateway.json"; then
            tail -n 5 "$checkout/build/logs/gateway.json" >&2
            die 'the gateway did not get ready'
        fi
        first=$((gateway_metrics_port + 1))
    done
}

# gateway_start_from FIRST_PORT DATABASE USER [OPTION...]
gateway_start_from() {
    local first=$1 database=$2 user=$3 waited
    shift 3
    gateway_port=$(free_port "$first")
    gateway_metrics_port=$(free_port $((gateway_port + 1)))
    "$checkout/build/release/pgcrm-gateway" --listen "127.0.0.1:$gateway_port" \
        --metrics-listen "127.0.0.1:$gateway_metrics_port" \
        --database "host=$PGHOST port=$PGPORT dbname=$database user=$user" "$@" 2>"$checkout/build/logs/gateway.json" &
    gateway_process=$!
    for ((waited = 0; waited < 100; waited++)); do
        ! gateway_answers || return 0
        kill -0 "$gateway_process" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}

gateway_answers() {
    local answer
    exec 3<>"/dev/tcp/127.0.0.1/$gateway_port" || return 1
    printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
    IFS= read -r answer <&3 || answer=
    exec 3>&-
    [[ $answer == *' 200 '* ]]
} 2>/dev/null

gateway_stop() {
    [[ -n $gateway_process ]] || return 0
    kill "$gateway_process" 2>/dev/null || true
    wait "$gateway_process" 2>/dev/null || true
    gateway_process=
}
