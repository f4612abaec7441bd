#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh TARGET [SECONDS]: fuzzes with a target. Without SECONDS it is a test: a few seconds (FUZZ_SECONDS), from the corpus in
# the tree, by the same dice each time. With them it goes on from what earlier runs found. What breaks it is kept beside the
# target, as TARGET.crash-...; `TARGET FILE` runs it again.
set -eu
target=$1 found=$1.found corpus=$(dirname -- "$0")/corpus/${1##*/fuzz_}
if [ $# -eq 1 ]; then
    rm -rf "$found"
    set -- -seed=1 -max_total_time="${FUZZ_SECONDS:-3}"
else
    set -- -max_total_time="$2"
fi
mkdir -p "$found"
exec "$target" -timeout=60 -rss_limit_mb=4096 -max_len=4096 -use_value_profile=1 -artifact_prefix="$target." "$@" "$found" "$corpus"
