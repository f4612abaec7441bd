#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sizes.sh: files and functions stay small.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

sources=$(git ls-files -co --exclude-standard '*.c' '*.h')
present "source file" "$sources"
holds "no file of C has more than 400 lines" "$(printf '%s\n' "$sources" | xargs wc -l |
    awk '$2 != "total" && $1 > 400 { print $2 ": " $1 }')"

# As clang-format writes it, what begins in the first column is a function's first line, and } there is its last.
sizes=$(printf '%s\n' "$sources" | grep '\.c$' | grep -v ^tests/ | xargs awk '
    /^[A-Za-z_]/ { first = FNR }
    /^{/ { from = first }
    /^}/ && from { print FNR - from + 1; from = 0 }' | sort -n)
present "function" "$sizes"
holds "functions have a median of at most 9 lines, and nine in ten have at most 21" "$(printf '%s\n' "$sizes" | awk '
    { size[NR] = $1 }
    END {
        median = size[int((NR + 1) / 2)]
        ninth = size[int((NR * 9 + 9) / 10)]
        if (median > 9 || ninth > 21) print NR " functions: median " median ", nine in ten at most " ninth
    }')"
exit "$failed"
