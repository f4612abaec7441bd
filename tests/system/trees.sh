#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# trees.sh: two Onedoors for a test of upgrades, PLACE/old, which is released, and PLACE/new, which has one more change of
# the database and other files for programs.
#
#   trees.sh ROOT BIN PLACE
set -eu
root=$1 bin=$2 place=$3
chmod 755 "$place"
mkdir -p "$place/old/services" "$place/old/bin"
cp -a "$root/onedoor" "$root/scripts" "$root/db" "$root/CMakeLists.txt" "$root/CHANGELOG.md" "$place/old/"
cp "$root/services/names.txt" "$place/old/services/"
cp "$bin"/onedoor-* "$place/old/bin/"
sed -i 's/^project(onedoor VERSION [0-9.]*/project(onedoor VERSION 9.0.0/' "$place/old/CMakeLists.txt"
printf '\n## 9.0.0 (not released yet)\n' >>"$place/old/CHANGELOG.md"
"$place/old/scripts/release" >/dev/null

cp -a "$place/old" "$place/new"
cd "$place/new"
sed -i 's/^project(onedoor VERSION 9.0.0/project(onedoor VERSION 9.1.0/' CMakeLists.txt
printf 'intake/motto 2030-01-01T00:00:00Z Onedoor <onedoor@localhost> # A motto\n' >>db/sqitch.plan
printf "begin; alter table intake.cases add column motto text not null default ''; commit;\n" >db/deploy/intake/motto.sql
printf 'begin; alter table intake.cases drop column motto; commit;\n' >db/revert/intake/motto.sql
printf 'begin; select motto from intake.cases where false; rollback;\n' >db/verify/intake/motto.sql
