#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A short run of ./onedoor chaos: one fault of each kind that does not last, on a hall at work. How long the hall takes to
# recover is not judged here, as the machine may be slow.
set -u

onedoor=$(dirname -- "$(realpath -- "$0")")/../../onedoor
place=$(mktemp -d /tmp/onedoor-test.XXXXXX)
chmod 711 "$place"
unset ONEDOOR_HOME ONEDOOR_DB
# shellcheck source=tests/system/tap.sh
. "$(dirname -- "$0")/tap.sh"
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM HUP

kinds=kill,stop,kill_postgres,kill_session,end_session,cut,delay,double,corrupt,answer_foreign,send_foreign,descriptors,clock

# holds TEXT: the result has it.
holds() {
    grep -qF "$1" "$place/result" || {
        cat "$place/result"
        return 1
    }
}

a_hall_that_is_broken_in_every_cheap_way_loses_nothing() {
    "$onedoor" chaos --json --minutes 30 --faults 13 --kinds "$kinds" --seed 3 --rate 40 --bounded=no >"$place/result" || return
    holds '"lost": 0, "doubled": 0, "mismatched": 0, "verify": "ok"' && holds '"unrecovered": 0'
}

# Where the system does not permit one, that is said.
each_kind_has_happened_or_is_said_to_be_skipped() {
    for kind in $(echo $kinds | tr , ' '); do
        grep -qE "\"(faults|skipped)\": \{[^}]*\"$kind\": [0-9]" "$place/result" || {
            echo "no $kind"
            cat "$place/result"
            return 1
        }
    done
}

a_kind_that_is_not_known_is_refused() {
    "$ONEDOOR_BIN/onedoor-chaos" --home="$place" --kinds=kill,rain 2>"$place/said"
    [ $? = 2 ] && grep -q 'no such kind of fault: kill,rain' "$place/said"
}

it a_hall_that_is_broken_in_every_cheap_way_loses_nothing
it each_kind_has_happened_or_is_said_to_be_skipped
it a_kind_that_is_not_known_is_refused
told_all
