#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# services.sh: services/names.txt is the list of the services; what cannot read it names the same ones.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

present "service" "$services"
line=$(printf '%s\n' "$services" | paste -sd ' ' -)

# same_names FILE NAMES: says what NAMES has otherwise than the list, in whatever order.
same_names() {
    there=$(printf '%s\n' "$2" | tr ' ' '\n' | grep . | sort | paste -sd ' ' -)
    listed=$(printf '%s\n' "$services" | sort | paste -sd ' ' -)
    [ "$there" = "$listed" ] || echo "$1: $there"
}

holds "each service has its folder, its messages and its schema" "$(for service in $services; do
    for path in services/$service/main.c proto/onedoor/$service.proto db/deploy/$service/schema.sql; do
        [ -f "$path" ] || echo "$path is missing"
    done
done)"
holds "no other folder holds a service" "$(grep -l 'service_main' services/*/main.c | cut -d/ -f2 | while read -r folder; do
    printf '%s\n' "$services" | grep -qx "$folder" || echo "services/$folder"
done)"
holds "compose.yaml runs each of them, and asks each for its health" "$(
    same_names docker/compose.yaml "$(sed -nE 's/^ *command: \[onedoor-([a-z]+)\]/\1/p' docker/compose.yaml | grep -vx gateway)"
    same_names docker/compose.yaml "$(sed -nE 's/.*onedoor-health, --key=[a-z]+, --service=([a-z]+)\]/\1/p' docker/compose.yaml)"
)"
holds "the database's plan makes a schema for each" "$(
    same_names db/sqitch.plan "$(sed -nE 's/^([a-z]+)\/schema .*/\1/p' db/sqitch.plan | grep -vx gateway)"
)"
holds "the layers name each" "$(
    same_names tests/house/layers.txt "$(grep '^services/intake' tests/house/layers.txt | sed 's#services/##g')"
)"
holds "the client in another language knows the ports of each" "$(
    names=$(sed -nE 's/^SERVICES = \((.*)\)/\1/p' tests/clients/bus.py | tr -d '",')
    [ "$names" = "$line" ] || echo "tests/clients/bus.py: $names"
)"
exit "$failed"
