#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# no_sleep.sh: no test sleeps. In memory the clock is turned; against real processes a test waits for what it wants to see.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

present "test" "$(find tests -name 'test_*.c')"
holds "no test sleeps" "$(grep -rnE --include='*.[ch]' --include='*.sh' --exclude=no_sleep.sh \
    '\b(u?sleep|(clock_)?nanosleep) *\(|(^|[;&|{ ])sleep +[0-9.$"]' tests)"
exit "$failed"
