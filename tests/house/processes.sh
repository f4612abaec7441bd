#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# processes.sh: a process is known by the id that its starter reports (the launcher's status, `$!`, fork). A search by name or
# command line also finds processes of others.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

programs='pgrep|pkill|killall|pidof|fuser|lsof|skill|ps'
sources=$(git ls-files -co --exclude-standard onedoor scripts tests docker/prove '*.c' '*.h' | grep -v '^tests/house/processes\.sh$' | sort -u)
present "source file" "$sources"

# (programs/bench/usage.c reads /proc, and finds the processes of a hall by their parents' ids.)
# A program's name in a command line of sh, or quoted for system() or execFile().
# shellcheck disable=SC2086 # file names of ours have no spaces
holds "no process is looked up by its name" "$(grep -nE "(^|[|&;({\`\"'!] *|(if|while|until|await|then|do) +)($programs)( |\$|[\"'] *,)" $sources;
    printf '%s\n' $sources | grep -v '^programs/bench/usage\.c$' | xargs grep -nE 'opendir\("/proc"')"
exit "$failed"
