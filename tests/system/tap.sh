# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # place is set elsewhere
# tap.sh: test cases in sh, told in TAP. A case is a function; it holds when it returns 0. Set $place, a folder of
# the test's own, before.
count=0 failed=0

# it DID: one test case; what was said on the way is shown when it failed.
it() {
    count=$((count + 1))
    if "$1" >"$place.out" 2>&1; then
        echo "ok $count - $1"
    else
        failed=$((failed + 1))
        echo "not ok $count - $1"
        sed 's/^/# /' "$place.out"
    fi
    rm -f "$place.out"
}

# What a test ends with.
told_all() {
    echo "1..$count"
    [ "$failed" = 0 ]
}
