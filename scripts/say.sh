# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# say.sh: words for people.

say() {
    printf '%s\n' "$*"
}

# Progress, beside the answer.
note() {
    printf '%s\n' "$*" >&2
}

# It did not work: one sentence that says what is wrong and what to do.
die() {
    printf 'onedoor: %s\n' "$*" >&2
    exit 1
}

# It was typed wrongly.
refuse() {
    printf 'onedoor: %s; see ./onedoor help.\n' "$*" >&2
    exit 2
}

is_root() {
    [ "$(id -u)" = 0 ]
}
