#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Halls on a disk that is too small, that fills while a hall is made, and that fills under a hall at work. The
# disk is a tmpfs in a mount namespace of our own, which ends with us. Speaks TAP. Waits on conditions alone,
# each with a bound.
set -u

if [ "${1:-}" != inside ]; then
    unshare -m true 2>/dev/null && exec unshare -m --propagation private "$0" inside
    echo "ok 1 - a_full_disk # SKIP mounting a disk of its own is not allowed here"
    echo "1..1"
    exit 0
fi

onedoor=$(dirname -- "$(realpath -- "$0")")/../../onedoor
place=$(mktemp -d /tmp/onedoor-disk.XXXXXX)
disk=$place/disk
export ONEDOOR_HOME="$disk/hall" ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}'
unset ONEDOOR_DB
year=''
# shellcheck source=tests/system/tap.sh
. "$(dirname -- "$0")/tap.sh"

clear_away() {
    [ -z "$year" ] || kill "$year" 2>/dev/null
    "$onedoor" hall destroy "$ONEDOOR_HOME" >/dev/null 2>&1
    [ -z "$year" ] || wait "$year"
    umount "$disk" 2>/dev/null
    rm -rf "$place"
}
trap clear_away EXIT
trap 'exit 130' INT TERM HUP

a_disk_of() { # MB
    umount "$disk" 2>/dev/null
    mount -t tmpfs -o "size=$1m,mode=755" onedoor "$disk"
}

fill() { # the last bytes go one by one
    dd if=/dev/zero bs=1M 2>/dev/null >>"$disk/filler"
    dd if=/dev/zero bs=512 2>/dev/null >>"$disk/filler"
}

# A disk that has room when a new hall asks for it, and is as full as it is from then on.
mkdir "$disk" "$place/bin"
cat >"$place/bin/df" <<'END'
#!/bin/sh
[ ! -d "$ONEDOOR_HOME/keys" ] || exec /bin/df "$@"
printf 'Filesystem 1048576-blocks Used Available Capacity Mounted\nonedoor 4096 0 4096 0%% /\n'
END
chmod 755 "$place" "$place/bin/df"

onedoor_at_first_with_room() {
    PATH="$place/bin:$PATH" "$onedoor" "$@"
}

# fails_with_one_sentence SENTENCE COMMAND...: that, beside notes on what is being done.
fails_with_one_sentence() {
    sentence=$1
    shift
    "$@" >"$place/said" 2>&1 && return 1
    grep -vE '^(Making|Preparing) ' "$place/said" >"$place/sentence"
    cat "$place/said"
    [ "$(wc -l <"$place/sentence")" = 1 ] && grep -qx "$sentence" "$place/sentence"
}

full="onedoor: the disk that holds $disk/hall.* is full; make room and run it again."

a_disk_that_is_too_small_is_refused_before_anything_is_made() {
    a_disk_of 40 || return
    fails_with_one_sentence "onedoor: the disk that holds $disk/hall has 40 MB left, and a hall needs 1536 MB;.*" \
        "$onedoor" up || return
    [ "$(ls -A "$disk/hall")" = lock ]
}

# Where PostgreSQL's user cannot go to the hall, the data lies below /var/lib.
the_disk_that_is_asked_is_the_one_the_data_lies_on() {
    mkdir -m 700 "$place/closed" && mount -t tmpfs -o size=40m onedoor /var/lib || return
    ONEDOOR_HOME=$place/closed/hall fails_with_one_sentence \
        "onedoor: the disk that holds /var/lib has 40 MB left, and a hall needs 1536 MB;.*" "$onedoor" up
    said=$?
    umount /var/lib
    return $said
}

a_disk_that_fills_before_there_is_a_database_is_one_sentence() {
    a_disk_of 16 || return
    fails_with_one_sentence "$full" onedoor_at_first_with_room up
}

a_disk_that_fills_while_the_database_is_prepared_is_one_sentence() {
    a_disk_of 33 || return
    fails_with_one_sentence "$full" onedoor_at_first_with_room up
}

with_room_the_same_command_goes_on_where_it_broke_off() {
    mount -o remount,size=3g "$disk" || return
    "$onedoor" hall make "$ONEDOOR_HOME" && "$onedoor" hall start "$ONEDOOR_HOME" || return
    "$onedoor" status && "$onedoor" hall destroy "$ONEDOOR_HOME"
}

# await COMMAND...: what it asks comes true.
await() {
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 3000 ] && kill -0 "$year" || return
    done
}

ask() { # SQL
    PGPASSFILE="$ONEDOOR_HOME/keys/admin/pgpass" psql -X -A -t -c "$1" "$(cat "$ONEDOOR_HOME/keys/admin/conninfo")"
}

cases_are_at_work() {
    [ "$(ask 'select count(*) > 500 from intake.journal')" = t ]
}

# PostgreSQL stops for want of room for its log, not merely of room for a table. What it sets free before that is filled too.
the_database_has_stopped() {
    fill
    ask "select pg_logical_emit_message(true, 'onedoor', repeat('x', 200000))" >/dev/null
    "$onedoor" status --json | grep -q '"name":"postgres",.*"state":"backoff"'
}

the_status_tells() {
    "$onedoor" status >"$place/said" && return 1
    grep -q '^  intake  .* waiting .* for the database$' "$place/said" && grep -q '^  disk         full; ' "$place/said"
}

launcher() {
    "$onedoor" status --json | sed -n '1s/^{"pid":\([0-9]*\).*/\1/p'
}

a_hall_at_work_says_that_its_disk_is_full() {
    a_disk_of 600 || return
    onedoor_at_first_with_room simulate --cases=400 --keep="$ONEDOOR_HOME" >"$place/year" 2>&1 &
    year=$!
    await cases_are_at_work && await the_database_has_stopped && await the_status_tells
}

up_says_so_too_and_leaves_the_hall_running() {
    before=$(launcher)
    fails_with_one_sentence "$full" "$onedoor" up || return
    [ "$before" != 0 ] && [ "$(launcher)" = "$before" ]
}

with_room_the_hall_goes_on_by_itself_with_everything_that_was_acknowledged() {
    rm "$disk/filler"
    wait "$year" || { cat "$place/year"; return 1; }
    year=''
    grep -q '^Account   0 lost, 0 doubled, 0 mismatches$' "$place/year" && grep -q '^Verify    ok$' "$place/year"
}

for case in \
    a_disk_that_is_too_small_is_refused_before_anything_is_made \
    the_disk_that_is_asked_is_the_one_the_data_lies_on \
    a_disk_that_fills_before_there_is_a_database_is_one_sentence \
    a_disk_that_fills_while_the_database_is_prepared_is_one_sentence \
    with_room_the_same_command_goes_on_where_it_broke_off \
    a_hall_at_work_says_that_its_disk_is_full \
    up_says_so_too_and_leaves_the_hall_running \
    with_room_the_hall_goes_on_by_itself_with_everything_that_was_acknowledged; do
    it $case
done
told_all
