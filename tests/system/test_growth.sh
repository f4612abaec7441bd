#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A short run of ./onedoor bench --growth: the cases that it makes fit the tables, and every question about them is answered.
set -u

onedoor=$(dirname -- "$(realpath -- "$0")")/../../onedoor
place=$(mktemp -d /tmp/onedoor-test.XXXXXX)
chmod 711 "$place"
unset ONEDOOR_HOME ONEDOOR_DB
# shellcheck source=tests/system/tap.sh
. "$(dirname -- "$0")/tap.sh"
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM HUP

every_question_is_answered_as_the_hall_grows() {
    "$onedoor" bench --growth --cases=1000,3000 >"$place/result" 2>"$place/said"
    answered=$?
    cat "$place/said"
    [ $answered = 0 ] && [ ! -s "$place/said" ]
}

each_figure_of_the_result_is_there() {
    for key in search_ms_at_1m overview_ratio overview_ms_at_3m supervision_ratio 'search figure=LATE all SAN' 'tasks release'; do
        grep -q "\"$key\": [0-9[]" "$place/result" || {
            echo "no $key"
            return 1
        }
    done
}

sizes_that_do_not_grow_are_refused() {
    ! "$ONEDOOR_BIN/onedoor-bench" --home="$place" --growth --cases=1000,1000 2>"$place/said" && grep -q 'thousands that grow' "$place/said"
}

it every_question_is_answered_as_the_hall_grows
it each_figure_of_the_result_is_there
it sizes_that_do_not_grow_are_refused
told_all
