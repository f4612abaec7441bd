# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# tests.sh: every test there is. Cores and the hall in memory run under AddressSanitizer and
# UndefinedBehaviorSanitizer, the running system as it is shipped.

tests_run() {
    packages="$packages $test_packages"
    packages_install
    web_modules # first: whether node is there is found when the tests are configured
    web_build
    build release Release
    build debug Debug
    # Each test program tells its cases one a line, in TAP.
    export CMOCKA_MESSAGE_OUTPUT=TAP
    tests_of debug -LE system -j "$(nproc)"
    tests_of release -L system
    tests_count
}

# tests_of FOLDER CTEST_OPTION...: the whole output goes to build/tests-FOLDER.log, the verdicts to
# the screen.
tests_of() {
    folder=$root/build/$1
    log=$root/build/tests-$1.log
    shift
    ONEDOOR_BIN=$folder/bin ctest --test-dir "$folder" -V --no-tests=ignore "$@" 2>&1 | tee "$log" |
        awk '/^ *[0-9]+\/[0-9]+ Test +#/ { print; fflush() }'
}

# Sums the cases over both logs. A program that failed without telling a failed case (it crashed, or
# a sanitizer spoke) counts as one failed case, one that tells no cases counts as one; a skipped case
# does not count, and is told. What failed is shown again, with all it said.
tests_count() {
    awk '
        match($0, /^[0-9]+: /) {
            id = FILENAME substr($0, 1, RLENGTH - 2)
            line = substr($0, RLENGTH + 1)
            said[id] = said[id] line "\n"
            if (line ~ /^(not )?ok .*# SKIP/) {
                skipped[id]++
                print line
                next
            }
            if (line ~ /^ok /) ok[id]++
            if (line ~ /^not ok /) bad[id]++
        }
        match($0, /^ *[0-9]+\/[0-9]+ Test +#[0-9]+:/) {
            split(substr($0, RSTART, RLENGTH), part, "#")
            id = FILENAME (part[2] + 0)
            passed += ok[id]
            failed += bad[id]
            ended_well = / Passed /
            if (ended_well && !ok[id] && !bad[id] && !skipped[id]) passed++
            if (!ended_well && !bad[id]) failed++
            if (!ended_well || bad[id]) printf "\n%s\n%s\n", $0, said[id]
        }
        END {
            printf "%d passed, %d failed\n", passed, failed
            exit failed > 0 || passed == 0
        }' "$root/build/tests-debug.log" "$root/build/tests-release.log"
}
