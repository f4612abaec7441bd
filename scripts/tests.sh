# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# tests.sh: every test there is, or those of a name. Cores and the hall in memory run under AddressSanitizer and
# UndefinedBehaviorSanitizer, the running system as it is shipped.

tests_run() {
    # Each test program tells its cases one a line, in TAP.
    export CMOCKA_MESSAGE_OUTPUT=TAP
    if [ $# -eq 0 ]; then
        tests_all
    else
        tests_named "$@"
    fi
    tests_count
}

tests_all() {
    packages="$packages $test_packages"
    packages_install
    web_modules # first: whether node is there is found when the tests are configured
    web_build
    clients_tools
    build release Release
    build debug Debug
    fuzz_build fuzz
    tests_begin
    tests_of debug -LE system -j "$(nproc)"
    tests_of fuzz -j "$(nproc)"
    tests_of release -L system -j "$(nproc)"
}

# The programs whose name contains a NAME; where there is none, the cases.
tests_named() {
    programs='' cases=''
    for name in "$@"; do
        if found=$(tests_programs | grep -F -e "$name"); then
            programs="$programs $found"
        elif found=$(tests_cases "$name"); then
            cases="$cases $found"
        else
            refuse "no test has a name with '$name' in it"
        fi
    done
    # shellcheck disable=SC2086 # one word a program
    tests_build $programs $cases
    tests_begin
    # shellcheck disable=SC2086 # one word a program
    tests_chosen $programs
    for case in $cases; do
        export ONEDOOR_CASE="*${case#*=}*"
        tests_chosen "${case%=*}"
    done
}

# Every program of tests, as ctest names it.
tests_programs() {
    (cd "$root/tests" && ls -d unit/test_*.c world/test_*.c system/test_*.c system/test_*.sh house/*.sh) |
        sed -n '/^house\/house\.sh$/d; s/\.[a-z]*$//p'
    printf '%s\n' house/rules house/security web/pure web/browser_work web/browser_walks
}

# tests_cases NAME: "PROGRAM=NAME" for each program in C that has a case with such a name. None: false.
tests_cases() {
    case $1 in *[!a-z0-9_]* | '') return 1 ;; esac
    (cd "$root/tests" && grep -lE "^static void [a-z0-9_]*$1[a-z0-9_]*\(void \*\*state\)" ./*/test_*.c) |
        sed "s/^\.\///; s/\.c\$/=$1/" | grep .
}

# tests_build PROGRAM...: what these need, and no more. Those of the running system need every program as it is shipped.
tests_build() {
    debug=build.ninja release='' # a check of the house may need no more than to be known
    for program in "$@"; do
        target=$(printf %s "${program%=*}" | tr / _)
        case $program in
            unit/* | world/*) debug="$debug $target" ;;
            house/*) debug="$debug programs" ;;
            system/test_gateway_fuzz*) debug="$debug programs $target" ;;
            system/test_onedoor | system/test_disk | system/test_shipped) release="$release programs" ;;
            system/*) release="$release programs $target" ;;
            web/browser_*) release="$release programs" ;;
        esac
    done
    case " $* " in *' system/'* | *' web/'*) packages="$packages $test_packages" ;; esac
    packages_install
    case " $* " in *' web/'*) web_modules && web_build ;; esac
    case " $* " in *' system/test_clients'*) clients_tools ;; esac
    # shellcheck disable=SC2086 # one word a target
    build debug Debug $debug
    # shellcheck disable=SC2086 # one word a target
    [ -z "$release" ] || build release Release $release
}

# tests_chosen PROGRAM...
tests_chosen() {
    [ $# -gt 0 ] || return 0
    chosen="^($(printf '%s|' "$@" | sed 's/|$//'))\$"
    tests_of debug -LE system -j "$(nproc)" -R "$chosen"
    tests_of release -L system -j "$(nproc)" -R "$chosen"
}

tests_begin() {
    : >"$root/build/tests-debug.log"
    : >"$root/build/tests-release.log"
    : >"$root/build/tests-fuzz.log"
}

# tests_of FOLDER CTEST_OPTION...: the whole output goes to build/tests-FOLDER.log, the verdicts to
# the screen.
tests_of() {
    folder=$root/build/$1
    log=$root/build/tests-$1.log
    shift
    [ -f "$folder/build.ninja" ] || return 0
    ONEDOOR_BIN=$folder/bin ctest --test-dir "$folder" -V --no-tests=ignore "$@" 2>&1 | tee -a "$log" |
        awk '/^ *[0-9]+\/[0-9]+ Test +#/ { print; fflush() }'
}

# ---- fuzzing

# fuzz_build TARGET...: libFuzzer is clang's.
fuzz_build() {
    (
        export CC=clang
        build fuzz Fuzz "$@"
    )
}

# fuzz_run NAME [SECONDS]
fuzz_run() {
    targets=$(cd "$root/tests/fuzz" && printf "%s\n" fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
    # shellcheck disable=SC2086 # one word a name
    printf '%s\n' "$targets" | grep -qxF -e "${1:-}" || refuse "fuzz takes one of" $targets
    case ${2:-600} in *[!0-9]* | 0*) refuse "fuzz takes a name and a number of seconds" ;; esac
    packages="$packages $test_packages"
    packages_install
    fuzz_build "fuzz_$1"
    exec "$root/tests/fuzz/run.sh" "$root/build/fuzz/bin/fuzz_$1" "${2:-600}"
}

# Sums the cases over all logs. A program that failed without telling a failed case (it crashed, or
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
            ok[id] = bad[id] = skipped[id] = 0 # it may run again, for another case
            said[id] = ""
        }
        END {
            printf "%d passed, %d failed\n", passed, failed
            exit failed > 0 || passed == 0
        }' "$root/build/tests-debug.log" "$root/build/tests-fuzz.log" "$root/build/tests-release.log"
}
