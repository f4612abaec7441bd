# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034 # the checks exit with $failed
# house.sh: what the checks of the house share. Each prints a TAP line a rule and, below it, what breaks it.
# The checks do not `set -e`: in dash it reaches into "$(...)" as well, and a loop there would end, with nothing told, at the first
# grep that finds nothing.

cd -- "$(dirname -- "$(realpath -- "$0")")/../.." || exit
failed=0
services=$(grep '^[a-z]' services/names.txt)

# holds RULE OFFENDERS: the rule holds when there are none.
holds() {
    if [ -z "$2" ]; then
        printf 'ok - %s\n' "$1"
    else
        printf 'not ok - %s\n' "$1"
        printf '%s\n' "$2" | sed 's/^/#   /'
        failed=1
    fi
}

# present WHAT LIST: a check that found nothing to look at has proved nothing.
present() {
    [ -n "$2" ] || holds "there is $1 to look at" "found none"
}
