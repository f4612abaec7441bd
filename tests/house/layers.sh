#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layers.sh: dependencies point one way, as layers.txt orders the folders: never down, never sideways.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

# "file:included" for each quoted and each angled include of some files.
quoted() {
    grep -HoE '^ *# *include *"[^"]+"' "$@" | sed -E 's/: *# *include *"([^"]+)"/:\1/' || true
}
angled() {
    grep -HoE '^ *# *include *<[^>]+>' "$@" | sed -E 's/: *# *include *<([^>]+)>/:\1/' || true
}

sources=$(git ls-files -co --exclude-standard '*.c' '*.h')
present "source file" "$sources"
# shellcheck disable=SC2086 # file names of ours have no spaces
includes=$(quoted $sources)

holds "every folder with C in it has its place in layers.txt" "$(printf '%s\n' "$sources" | xargs -n 1 dirname | sort -u |
    while read -r folder; do grep -v '^#' tests/house/layers.txt | tr ' ' '\n' | grep -qx "$folder" || echo "$folder"; done)"

# An include names its file from the root of the tree; one without a folder is of the includer's own.
holds "a folder includes itself and those above it in layers.txt" "$(printf '%s\n' "$includes" | awk '
    FILENAME == "tests/house/layers.txt" {
        if (!/^#/) for (i = 1; i <= NF; i++) layer[$i] = FNR
        next
    }
    {
        split($0, part, ":")
        from = part[1]
        sub(/\/[^\/]*$/, "", from)
        to = part[2]
        if (to !~ /\// || to ~ /^(onedoor|opentelemetry)\//) next
        sub(/\/[^\/]*$/, "", to)
        if (!(to in layer) || (from != to && layer[to] >= layer[from])) print part[1] " includes " part[2]
    }' tests/house/layers.txt -)"

# shellcheck disable=SC2046,SC2086 # one word a service
cores=$(find $(printf 'services/%s ' $services) -name '*.[ch]' ! -name queries.c ! -name main.c)
present "core file" "$cores"
# shellcheck disable=SC2086 # file names of ours have no spaces
holds "no core file includes libpq, ZeroMQ or the system's time" "$(angled $cores | grep -E ':(libpq-fe|zmq|czmq|time|sys/time)\.h$')"
holds "no SQL of a service names another service's schema" "$(for folder in db/deploy/*/ services/*/ programs/*/; do
    name=$(basename "$folder")
    others=$(printf '%s\n' "$services" | grep -vx "$name" | paste -sd '|' -)
    case $folder in
        db/*) grep -rnE "(from|join|into|update|references|on) ($others)\.[a-z]" "$folder" ;;
        programs/verify/ | programs/simulate/) ;; # look at the hall as a whole, as its administrator
        *) grep -rnE "\"[^\"]*(from|join|into|update) ($others)\.[a-z]" "$folder" ;;
    esac
done)"
exit "$failed"
