#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# includes.sh: no circle of includes among headers and modules, a module being a .c file with its .h. (The pages' files:
# web/tests/imports.test.ts.)
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

# circles: reads "from to" a line; prints each circle that tsort meets as one line.
circles() {
    awk '$1 != $2' | tsort 2>&1 >/dev/null | awk '
        /contains a loop/ { if (circle != "") print circle; circle = ""; next }
        { circle = circle (circle == "" ? "" : " > ") $2 }
        END { if (circle != "") print circle }'
}

sources=$(git ls-files -co --exclude-standard '*.c' '*.h')
present "source file" "$sources"
# An include names its file from the root of the tree; one without a folder is of the includer's own.
# shellcheck disable=SC2086 # file names of ours have no spaces
includes=$(grep -HoE '^ *# *include *"[^"]+"' $sources | sed -E 's/: *# *include *"([^"]+)"/ \1/' | awk '
    $2 ~ /\// { print; next }
    { folder = $1; sub(/[^\/]*$/, "", folder); print $1 " " folder $2 }')
holds "no header includes itself by way of others" "$(printf '%s\n' "$includes" | grep -E '^[^ ]+\.h ' | circles)"
# A turn and its rows are one thing in two files.
known='common/rows/turn common/rows/rows'
holds "no modules include each other" "$(printf '%s\n' "$includes" | sed 's/\.[ch]\>//g' | grep -vxF "$known" | circles)"

exit "$failed"
