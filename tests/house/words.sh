#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# words.sh: words that docs/STYLE.md's glossary replaced do not come back, as far as they can be told apart.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

# Each line a pattern of whole words, and what is said instead.
words='
people_told = outcome
mind_forks = watch_for_forks
happenings?|tales? = event, hearing
fall_silent = stop
strangers? = peer, client
deeds? = action, request
errands? = job
patience = timeout, retry
journals are heard = journals are consumed
waits? for company = gathers
the hall that is up = the running hall
(leave|leaves|left) alone = park; or: unchanged
listens? to = follows, consumes
(stand|stands|stood|standing) still = stopped, paused
words of the command line = arguments
ever more slowly = at growing intervals
struct (tale|happening) = transition, trigger
fall_silent = accept_unanswered
'
files=$(git ls-files -co --exclude-standard | grep -vE '^(docs/STYLE\.md|tests/house/words\.sh|web/package-lock\.json|LICENSE|proto/opentelemetry/.*|.*\.(png|svg|csv|golden))$')
present "text" "$files"
holds "no word comes back that has been replaced" "$(printf '%s\n' "$words" | while read -r line; do
    pattern=${line%% = *}
    [ -n "$pattern" ] || continue
    # shellcheck disable=SC2086 # file names of ours have no spaces
    grep -nwiE "$pattern" $files | cut -c1-160 | sed "s/\$/ (now: ${line#* = })/"
done)"
exit "$failed"
