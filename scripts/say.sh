# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# say.sh: messages for people.

# Why a command fails is heard also from within a redirection: descriptor 7 is the stderr that the command came with.
# Processes that stay running do not get it.
exec 7>&2

say() {
    printf '%s\n' "$*"
}

# Progress, beside the answer.
note() {
    printf '%s\n' "$*" >&2
}

# It did not work: one sentence that says what is wrong and what to do.
die() {
    printf 'onedoor: %s\n' "$*" >&7
    exit 1
}

# show_end LINES LOG: the end of a log, before `die`.
show_end() {
    tail -n "$1" -- "$2" >&7
}

# die_when_full FOLDER [LOG]: dies when the disk that holds the folder is full, or was while the step that has just
# failed wrote LOG: it may have freed its space again since.
die_when_full() {
    disk_is_full "$1" ||
        tail -n 40 -- "${2:-/dev/null}" 2>/dev/null | grep -q 'No space left on device' || return 0
    die "the disk that holds $1 is full; make room and run it again."
}

disk_is_full() {
    [ "$(disk_left_mb "$1")" -lt 16 ]
}

disk_left_mb() {
    df -Pm "$(folder_there "$1")" | awk 'NR == 2 { print $4 }'
}

# The folder or, while it does not exist, the nearest one above it.
folder_there() {
    at=$1
    until [ -d "$at" ]; do at=$(dirname -- "$at"); done
    printf %s "$at"
}

# The command line is wrong.
refuse() {
    printf 'onedoor: %s; see ./onedoor help.\n' "$*" >&7
    exit 2
}

is_root() {
    [ "$(id -u)" = 0 ]
}
