#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tests.sh BUILD: `./onedoor test NAME` knows the tests that ctest knows, and the cases in them.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"
root=$PWD
# shellcheck source=scripts/tests.sh
. scripts/tests.sh
told=$(mktemp -d)
trap 'rm -r "$told"' EXIT

tests_programs | sort >"$told/named"
ctest --test-dir "$1" -N | sed -n 's/^ *Test *#[0-9]*: //p' | sort >"$told/known"
command -v node >/dev/null || sed -i '/^web\//d' "$told/named"
present "test" "$(cat "$told/known")"
holds "each test has a name that ./onedoor test finds" "$(comm -13 "$told/named" "$told/known")"
holds "./onedoor test names no test that is not there" "$(comm -23 "$told/named" "$told/known")"
holds "a case is found by a part of its name" "$(found=$(tests_cases grouped_thou) || found=none
    [ "$found" = unit/test_money=grouped_thou ] || echo "$found")"

code=0
./onedoor test no_such_test >"$told/said" 2>&1 || code=$?
holds "a name that no test has is refused in one sentence" \
    "$([ "$code $(wc -l <"$told/said")" = '2 1' ] && grep -q "^onedoor: no test .*no_such_test" "$told/said" || echo "$code: $(cat "$told/said")")"
exit "$failed"
