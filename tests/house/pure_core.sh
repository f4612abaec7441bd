#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# pure_core.sh BUILD: cores decide and do nothing else. Their objects in the archives of a build ask no clock, socket, database or
# source of chance; what the time is and which rows there are is told to them.
set -eu
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"
build=$1

# The rooms around the cores, by the names of their files: in a service what asks the database, in common what speaks to the outside.
outside_service='queries'
outside_common='bus|client|feed|follower|heartbeat|journal_lane|keys|log|pg|pgadmin|pgcalendar|pgform|pgsql|pgstore|queue|readers?|service|uuid|wallclock|zap'

# The system's clocks, sockets and chance, and common's own ways to them.
impure='PQ[A-Za-z]+|zmq_[a-z_]+|time|clock|clock_gettime|gettimeofday|timespec_get|localtime(_r)?|mktime|rand|random|getrandom|randombytes_[a-z]+'
impure="$impure|monotonic_[a-z]+|business_[a-z]+|uuid_[a-z]+|bus_[a-z_]+|pg_[a-z_]+"

# undefined LIBRARY OUTSIDE: "object symbol" for each symbol that a core object of the library lacks.
undefined() {
    nm -A --undefined-only "$build/lib$1.a" | sed -nE 's/^[^:]*:([^:]*)\.c\.o: *U ([^@]*).*/\1 \2/p' | grep -vE "^($2) " || true
}

for library in intake routing charging supervision reporting common; do
    outside=$outside_service
    [ $library != common ] || outside=$outside_common
    symbols=$(undefined $library "$outside")
    present "a core object in lib$library.a" "$symbols"
    holds "the core of $library asks no clock, socket, database or chance" "$(printf '%s\n' "$symbols" | grep -E " ($impure)\$")"
done
exit "$failed"
