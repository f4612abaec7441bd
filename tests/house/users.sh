#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# users.sh: in containers and under systemd each program of a hall has a user of its own and gives up the same as under the launcher.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

programs=$(printf '%s\ngateway\n' "$services")
present "program" "$programs"

holds "systemd has a user for each program, and starts each" "$(for program in $programs; do
    grep -q "^u onedoor-$program  *-:onedoor " systemd/onedoor.conf || echo "systemd/onedoor.conf: onedoor-$program"
    grep -qx "Wants=onedoor@$program.service" systemd/onedoor.target || echo "systemd/onedoor.target: $program"
done)"
holds "its units give up what a service never needs" "$(for line in User=onedoor-%i NoNewPrivileges=yes CapabilityBoundingSet= LimitCORE=0 \
    ProtectSystem=strict ProtectHome=yes PrivateDevices=yes ProtectKernelModules=yes RestrictNamespaces=yes MemoryDenyWriteExecute=yes \
    SystemCallArchitectures=native; do
    grep -qx "$line" systemd/onedoor@.service || echo "$line"
done)"

# scripts/users.sh counts them from ONEDOOR_UIDS in the order of the list, the gateway last.
uid=$(sed -nE 's/.*ONEDOOR_UIDS: "([0-9]+)".*/\1/p' docker/compose.yaml)
present "first number of a user in compose.yaml" "$uid"
holds "compose.yaml runs each program as the user that owns its keys" "$(for program in $programs; do
    uid=$((uid + 1))
    awk -v program="$program" -v user="    user: \"$uid:10001\"" '
        $0 == "    command: [onedoor-" program "]" { found = before == user }
        { before = $0 }
        END { exit !found }' docker/compose.yaml || echo "$program is not $uid"
done)"
holds "its containers change nothing, have no capabilities and get none" "$(for line in '  read_only: true' '  cap_drop: \[ALL\]' \
    '  security_opt: \["no-new-privileges:true"\]'; do
    grep -qx "$line" docker/compose.yaml || echo "$line"
done)"

limits_of() { # FILE PATTERN...
    file=$1
    shift
    for pattern in "$@"; do sed -nE "s/^ *$pattern.*/\1/p" "$file" | head -n 1 | tr 'G' 'g'; done | tr '\n' ' '
}
unit=$(limits_of systemd/onedoor@.service 'MemoryMax=([0-9]+G)' 'TasksMax=([0-9]+)' 'LimitNOFILE=([0-9]+)' 'LimitCORE=([0-9]+)' 'TimeoutStopSec=([0-9]+)')
present "limit of a unit" "$unit"
holds "units and containers have the same limits" "$(
    containers=$(limits_of docker/compose.yaml 'mem_limit: ([0-9]+g)' 'pids_limit: ([0-9]+)' 'ulimits: .*nofile: ([0-9]+)' \
        'ulimits: .*core: ([0-9]+)' 'stop_grace_period: ([0-9]+)s')
    [ "$unit" = "$containers" ] || echo "$unit and $containers"
)"
exit "$failed"
