#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# headers.sh: headers are the documentation: each says in its first sentence what it is for.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

headers=$(git ls-files -co --exclude-standard '*.h')
present "header" "$headers"
holds "every header opens with its name and its purpose" "$(for header in $headers; do
    awk -v name="${header##*/}" 'NR == 2 { exit !(index($0, "/* " name ": ") == 1 && length($0) > length(name) + 15) }
        END { if (NR < 2) exit 1 }' "$header" || echo "$header"
done)"
exit "$failed"
