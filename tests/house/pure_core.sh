#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pure_core.sh BUILD: cores decide and do nothing else. Their objects in a build ask no clock, socket, database or
# source of chance; what the time is and which rows there are is told to them.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"
build=$1

# What is not core: in a service the file that asks the database; in common the folders that speak to the outside, and the few files
# elsewhere that draw on the system's clock or chance.
outside='services/[a-z]+/queries|common/(postgres|bus)/[a-z_]+|common/spans/(post|spans)|common/service/(approval_list|aside|command_lane|feed|health|journal_lane|loop|loop_clock|queue|reader|reader_pool|readers|service|traced)'
outside="$outside|services/[a-z]+/main|common/base/(business|heartbeat|monotonic|trace|uuid)|common/values/log"

# The system's clocks, sockets and chance, and common's own ways to them.
impure='PQ[A-Za-z]+|zmq_[a-z_]+|time|clock|clock_gettime|gettimeofday|timespec_get|localtime(_r)?|mktime|rand|random|getrandom|randombytes_[a-z]+'
impure="$impure|monotonic_[a-z]+|business_[a-z]+|uuid_[a-z]+|(bus|mailbox)_[a-z_]+|pg[a-z]*_[a-z_]+"

# undefined LIBRARY: "source symbol" for each symbol that an object of the library's core lacks.
undefined() {
    find "$1" -name '*.c' | grep -vE "^($outside)\\.c\$" | while read -r source; do
        nm --undefined-only "$build/CMakeFiles/${1##*/}.dir/$source.o" 2>/dev/null | sed -nE "s#^ *U ([^@]*).*#$source \\1#p"
    done
}

# shellcheck disable=SC2086 # one word a service
for library in $(printf 'services/%s ' $services) common; do
    symbols=$(undefined "$library")
    present "a core object of $library" "$symbols"
    holds "the core of $library asks no clock, socket, database or chance" "$(printf '%s\n' "$symbols" | grep -E " ($impure)\$")"
done
exit "$failed"
