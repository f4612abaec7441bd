#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layers.sh: dependencies point one way: services to common, never back, never sideways but by a neighbour's client.h.
set -eu
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

# "file:included" for each quoted and each angled include of some files.
quoted() {
    grep -HoE '^ *# *include *"[^"]+"' "$@" | sed -E 's/: *# *include *"([^"]+)"/:\1/' || true
}
angled() {
    grep -HoE '^ *# *include *<[^>]+>' "$@" | sed -E 's/: *# *include *<([^>]+)>/:\1/' || true
}

holds "common includes common and the wire alone" "$(quoted common/*.[ch] | grep -vE ':(common/[a-z_]+\.h|onedoor/[a-z]+\.pb-c\.h)$')"

for folder in services/*/; do
    name=$(basename "$folder")
    set -- "$folder"*.[ch]
    [ -f "$1" ] || continue
    neighbour='client'
    [ "$name" != verify ] || neighbour='[a-z]+' # it replays the services' journals with their own cores
    holds "$name includes common, the wire, itself and a neighbour's client.h alone" "$(quoted "$@" |
        grep -vE ":(common/[a-z_]+\.h|onedoor/[a-z]+\.pb-c\.h|services/$name/[a-z_]+\.h|services/[a-z]+/($neighbour)\.h)\$" |
        while IFS=: read -r file included; do
            case $included in
                */*) echo "$file includes $included" ;;
                *) [ -f "$folder$included" ] || echo "$file includes $included" ;;
            esac
        done)"
done

cores=$(find services/intake services/routing services/charging services/supervision services/reporting -name '*.[ch]' \
    ! -name queries.c ! -name main.c)
present "core file" "$cores"
# shellcheck disable=SC2086 # file names of ours have no spaces
holds "no core file includes libpq, ZeroMQ or the system's time" "$(angled $cores | grep -E ':(libpq-fe|zmq|czmq|time|sys/time)\.h$')"
holds "no SQL of a service names another service's schema" "$(for folder in db/deploy/*/ services/*/; do
    name=$(basename "$folder")
    others=$(printf '%s\n' intake routing charging supervision reporting | grep -vx "$name" | paste -sd '|' -)
    case $folder in
        db/*) grep -rnE "(from|join|into|update|references|on) ($others)\.[a-z]" "$folder" ;;
        services/verify/) ;; # looks at the hall as a whole, as its administrator
        *) grep -rnE --exclude-dir=web "\"[^\"]*(from|join|into|update) ($others)\.[a-z]" "$folder" ;;
    esac
done)"
exit "$failed"
