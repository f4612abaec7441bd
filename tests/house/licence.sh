#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# licence.sh: every source file says under which licence it stands, in its first three lines.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

# Prose and plain data have no comments; the licence's text needs none. What is OpenTelemetry's has their words, and their LICENSE beside it.
files=$(find . \( -path ./.git -o -path ./build -o -path ./var -o -name node_modules \) -prune -o -type f ! -name '*.md' ! -name '*.csv' ! -name '*.golden' \
    ! -path '*/golden/*' ! -path '*/corpus/*' ! -path './proto/opentelemetry/*' ! -name LICENSE ! -name .gitignore ! -name secrets.env ! -name sqitch.plan ! -name package-lock.json ! -name dashboard.json ! -name '*.png' ! -name '*.svg' -print | sort)
present "source file" "$files"
holds "every source file has its SPDX line" "$(for file in $files; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2\.0' || echo "$file"
done)"
holds "the licence is there in full" "$(grep -q 'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION' LICENSE || echo LICENSE)"
exit "$failed"
