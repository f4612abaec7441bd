#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# release.sh: changes of the database that have been released are as they were (db/released); and, in a copy that is
# released, scripts/release finds what was edited.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

holds "released changes are as they were" "$(scripts/release --check 2>&1)"

version=$(sed -n 's/^project(onedoor VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
holds "CHANGELOG.md begins with the version of CMakeLists.txt" \
    "$(sed -n '/^## /{p;q}' CHANGELOG.md | grep -v "^## $version (")"

copy=$(mktemp -d /tmp/onedoor-release.XXXXXX)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/scripts"
cp -a db CMakeLists.txt CHANGELOG.md "$copy/"
cp scripts/release "$copy/scripts/"
sed -i 's/^project(onedoor VERSION [0-9.]*/project(onedoor VERSION 9.9.9/' "$copy/CMakeLists.txt"
printf '\n## 9.9.9 (not released yet)\n' >>"$copy/CHANGELOG.md"

released() {
    "$copy/scripts/release" "$@" >/dev/null 2>&1
}

expect() { # WHAT COMMAND...
    what=$1
    shift
    "$@" || echo "$what"
}

finds() { # FILE: an edit of it
    cp "$copy/$1" "$copy/kept"
    sed -i "$ s/\$/ -- edited/" "$copy/$1"
    ! released --check || echo "an edit of $1 is not found"
    cp "$copy/kept" "$copy/$1"
}

holds "a release is made once, and what is edited afterwards is found" "$(
    expect "it cannot be made" released
    expect "it does not check itself" released --check
    ! released || echo "it is made twice"
    finds db/deploy/routing/schema.sql
    finds db/common/corridor.sql
    sed -i 's/^hall 2024/hall 2025/' "$copy/db/sqitch.plan"
    ! released --check || echo "an edit of the plan is not found"
    sed -i 's/^hall 2025/hall 2024/' "$copy/db/sqitch.plan"
    printf 'intake/more 2030-01-01T00:00:00Z Onedoor <onedoor@localhost> # More\n' >>"$copy/db/sqitch.plan"
    expect "a new change is refused" released --check
)"
exit "$failed"
