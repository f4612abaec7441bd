# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # home, services are set elsewhere
# ports.sh: the TCP ports of a hall. At its first `up` it takes free ones, so that several halls run on one machine,
# and keeps them in onedoor.conf. Those that the operator has set stay.

# What stands in onedoor.conf above a line of ours.
port_mark='# chosen by ./onedoor up'

ports_choose() {
    ! hall_is_running || return 0
    # shellcheck disable=SC2086 # one word a service
    [ -n "${ONEDOOR_BUS:-}${ONEDOOR_BUS_PORT:-}" ] || ports_are_set bus bus_port ||
        ports_take bus_port 7610 $((3 * $(set -- $services && echo $#)))
    [ -n "${ONEDOOR_PORT:-}${ONEDOOR_GATEWAY_PORT:-}" ] || ports_are_set port gateway_port ||
        ports_take gateway_port 8080 1
}

# ports_are_set NAME...: does onedoor.conf have one of these settings?
ports_are_set() {
    for name in "$@"; do
        ! grep -q "^[[:space:]]*${name}[[:space:]]*=" "$home/onedoor.conf" 2>/dev/null || return 0
    done
    return 1
}

# ports_take SETTING FIRST COUNT: the first COUNT ports in a row on which nobody listens.
ports_take() {
    listening=$(awk '$4 == "0A" { print substr($2, length($2) - 3) }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)
    port=$2
    until ports_are_free "$port" "$3"; do
        port=$((port + $3))
        [ $((port + $3)) -le 32000 ] || die "no ports are free; set $1 in $home/onedoor.conf."
    done
    [ -z "$(tail -c 1 "$home/onedoor.conf" 2>/dev/null)" ] || echo >>"$home/onedoor.conf"
    printf '%s\n%s = %s\n' "$port_mark" "$1" "$port" >>"$home/onedoor.conf"
}

# ports_are_free FIRST COUNT: is none of them in $listening, which has them in hexadecimal?
ports_are_free() {
    at=$1
    while [ "$at" -lt $(($1 + $2)) ]; do
        case $listening in *"$(printf %04X "$at")"*) return 1 ;; esac
        at=$((at + 1))
    done
}

# The hall is going: what was written here goes too, and the file with its last line.
ports_forget() {
    [ -f "$home/onedoor.conf" ] || return 0
    sed -i "\\|^$port_mark\$|{N;d}" "$home/onedoor.conf"
    [ -s "$home/onedoor.conf" ] || rm "$home/onedoor.conf"
}
