#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Halls made, started, broken and cleared away through ./onedoor, with a real PostgreSQL and little
# scripts for services. Speaks TAP. Waits on conditions alone, each with a bound.
set -u

onedoor=$(dirname -- "$(realpath -- "$0")")/../../onedoor
place=$(mktemp -d /tmp/onedoor-test.XXXXXX)
chmod 711 "$place"
unset ONEDOOR_HOME ONEDOOR_DB
# shellcheck source=tests/system/tap.sh
. "$(dirname -- "$0")/tap.sh"

# On any way out: no process and no folder of ours is left.
clear_away() {
    for folder in "$place"/*; do
        "$onedoor" hall destroy "$folder" >/dev/null 2>&1
    done
    rm -rf "$place" "$place.secret"
}
trap clear_away EXIT
trap 'exit 130' INT TERM HUP

hall() {
    "$onedoor" hall "$@"
}

start() { # HOME: its service says that it is ready, and is silent from then on
    hall start "$1" '--process=intake=echo ready >&3; exec tail -f /dev/null' --heartbeat-ms=86400000
}

status_of() {
    ONEDOOR_HOME=$1 "$onedoor" status --json
}

pid_of() { # HOME PROCESS
    status_of "$1" | sed -n "s/.*\"name\":\"$2\",\"pid\":\([0-9]*\).*/\1/p"
}

launcher_of() {
    status_of "$1" | sed -n '1s/^{"pid":\([0-9]*\).*/\1/p'
}

ended() { # PID: wait for its end
    timeout 120 tail --pid="$1" -f /dev/null
}

ask() { # HOME WHO SQL
    psql -X -A -t -v ON_ERROR_STOP=1 -c "$3" "$(cat "$1/keys/$2/conninfo")"
}

a_new_hall_has_its_database_roles_and_keys() {
    hall make "$place/one" || return
    start "$place/one" || return
    [ "$(ask "$place/one" intake 'select kind from hall.hall')" = working ] || return
    [ "$(ask "$place/one" reporting 'select current_user')" = onedoor_reporting ] || return
    [ "$(cut -d' ' -f1,3 "$place/one/keys/peers" | sort | tr '\n' ,)" = \
        'charging service,gateway desk,intake service,operator operator,reporting service,routing service,supervision service,' ]
}

the_database_keeps_what_was_committed() {
    for setting in fsync synchronous_commit full_page_writes data_checksums; do
        [ "$(ask "$place/one" admin "show $setting")" = on ] || return
    done
    [ "$(ask "$place/one" admin 'show listen_addresses')" = '' ]
}

a_peers_name_must_fit_the_list() {
    mkdir "$place/peers" || return
    ! "$ONEDOOR_BIN/onedoor-keys" "$place/peers" desk "$(printf 'a%032d' 0)" 2>"$place/said" || return
    grep -q 'is no name of a peer' "$place/said" && [ ! -e "$place/peers/keys/desk" ]
}

a_role_can_change_nothing_of_the_hall() {
    ! ask "$place/one" intake "update hall.hall set kind = 'simulation'" &&
        ! ask "$place/one" intake 'create schema mine' &&
        ! ask "$place/one" intake 'create table public.mine ()'
}

a_service_gets_partitions_of_its_own_journal_alone() {
    ask "$place/one" intake "select hall.journal_month('intake', '2024-02-29'), hall.journal_month('intake', '2024-02-01')" || return
    ! ask "$place/one" intake "select hall.journal_month('routing', '2024-02-29')" || return
    [ "$(ask "$place/one" admin "select count(*) from pg_inherits where inhrelid = to_regclass('intake.journal_y2024m02')")" = 1 ]
}

secrets_are_for_their_owner_alone_and_in_no_log() {
    [ -z "$(find "$place/one/keys" -type f ! -name peers ! -perm 600)" ] || return
    [ -z "$(find "$place/one/keys" -mindepth 1 -type d ! -perm 700)" ] || return
    for file in "$place"/one/keys/*/pgpass; do
        cut -d: -f5 "$file" >"$place.secret"
        ! grep -rqFf "$place.secret" "$place/one/log" || return
        ! cat /proc/[0-9]*/cmdline 2>/dev/null | grep -qaFf "$place.secret" || return
    done
    rm "$place.secret"
}

making_and_starting_again_is_harmless() {
    before=$(status_of "$place/one")
    hall make "$place/one" && start "$place/one" && [ "$(status_of "$place/one")" = "$before" ]
}

kill_and_await() { # HOME PROCESS: until the launcher has started another
    old=$(pid_of "$1" "$2")
    kill -KILL "$old"
    ended "$old" || return
    tries=0
    while new=$(pid_of "$1" "$2") && { [ "$new" = "$old" ] || [ "$new" = 0 ]; }; do
        tries=$((tries + 1))
        [ $tries -lt 2000 ] || return
    done
    hall start "$1"
}

a_killed_database_comes_back() {
    kill_and_await "$place/one" postgres || return
    [ "$(ask "$place/one" intake 'select kind from hall.hall')" = working ]
}

writeback_is_the_owners() {
    [ "$(awk '$1 == "Uid:" { print $2 }' "/proc/$(pid_of "$place/one" writeback)/status")" = "$(stat -c %u "$place/one/pg")" ]
}

its_own_database_is_written_back_by_the_owner_of_the_data() {
    writeback_is_the_owners && kill_and_await "$place/one" writeback && writeback_is_the_owners
}

killing_the_launcher_leaves_no_orphan() {
    postgres=$(pid_of "$place/one" postgres) writeback=$(pid_of "$place/one" writeback) intake=$(pid_of "$place/one" intake)
    kill -KILL "$(launcher_of "$place/one")"
    ended "$postgres" && ended "$writeback" && ended "$intake" || return
    [ "$(launcher_of "$place/one")" = 0 ] || return
    start "$place/one"
}

services_stop_before_the_database() {
    hall stop "$place/one" || return
    hall start "$place/one" "--process=intake=trap 'psql -X -A -t -c \"select 42\" \"\$(cat $place/one/keys/intake/conninfo)\"; kill \$!; exit' TERM; tail -f /dev/null & echo ready >&3; wait" || return
    hall stop "$place/one" || return
    [ "$(tail -n 1 "$place/one/log/intake.log")" = 42 ] || return
    tail -n 1 "$place/one/log/postgres.log" | grep -q 'database system is shut down'
}

a_service_that_cannot_start_is_named_with_its_reason() {
    said=$(hall start "$place/one" '--process=intake=echo port 7001 is in use; exit 1' 2>&1) && return 1
    echo "$said" | grep -q '^port 7001 is in use$' || return
    echo "$said" | grep -q '^onedoor: intake does not start' || return
    [ "$(launcher_of "$place/one")" = 0 ]
}

with_say() { # SCRIPT: by the shell, after say.sh and packages.sh
    (cd "${onedoor%/*}" && sh -euc '. scripts/say.sh; . scripts/packages.sh; '"$1")
}

why_a_command_fails_is_heard_from_within_a_redirection() {
    said=$(with_say 'log=/dev/null; { show_end 1 scripts/say.sh; die no luck; } >/dev/null 2>&1' 2>&1) && return 1
    [ "$said" = "$(tail -n 1 "${onedoor%/*}/scripts/say.sh")
onedoor: no luck" ] || return
    said=$(with_say '{ refuse no sense; } >/dev/null 2>&1' 2>&1) && return 1
    [ "$said" = 'onedoor: no sense; see ./onedoor help.' ]
}

the_room_of_a_folder_that_is_not_there_yet_is_its_disks() {
    said=$(with_say 'disk_left_mb "'"$place"'/not/there/yet"' 2>&1) || return
    case $said in '' | *[!0-9]*) echo "$said" && return 1 ;; esac
}

a_demonstration_that_cannot_be_filled_says_why() {
    mkdir "$place/taken" && cp "$ONEDOOR_BIN/onedoor-launcher" "$place/taken/" || return
    ln -s "$ONEDOOR_BIN"/onedoor-* "$place/taken/" 2>/dev/null
    printf '#!/bin/sh\necho port 7610 is in use\nexit 1\n' >"$place/taken.sh"
    chmod 755 "$place/taken.sh" && ln -sf "$place/taken.sh" "$place/taken/onedoor-intake" || return
    said=$(ONEDOOR_HOME="$place/demo" ONEDOOR_BIN="$place/taken" ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}' \
        "$onedoor" up --demo 2>&1) && return 1
    echo "$said" | grep -q '^port 7610 is in use$' || return
    echo "$said" | grep -q '^onedoor: intake does not start' || return
    hall destroy "$place/demo" && rm -r "$place/taken" "$place/taken.sh"
}

# The first apt-get finds the lock held, as on a machine that updates itself.
apts_lock_is_waited_for() {
    mkdir -p "$place/apt/build" || return
    cat >"$place/apt/apt-get" <<'END'
#!/bin/sh
echo "$*" >>"${0%/*}/calls"
[ "$(wc -l <"${0%/*}/calls")" != 1 ] || { echo 'E: Could not get lock /var/lib/apt/lists/lock.'; exit 100; }
[ "$2" != -y ] || [ "$5" != absent ] || { echo 'E: Unable to locate package absent'; exit 100; }
END
    printf '#!/bin/sh\nexec "$@"\n' >"$place/apt/sudo"
    chmod 755 "$place/apt/apt-get" "$place/apt/sudo"
    said=$(PATH="$place/apt:$PATH" root="$place/apt" with_say 'missing=some; packages_fetch' 2>&1) || return
    echo "$said" | grep -q '^Waiting for another program' || return
    [ "$(grep -c update "$place/apt/calls")" = 2 ] && [ "$(grep -c 'install some$' "$place/apt/calls")" = 1 ] || return
    said=$(PATH="$place/apt:$PATH" root="$place/apt" with_say 'missing=absent; packages_fetch' 2>&1) && return 1
    echo "$said" | grep -q '^E: Unable to locate package absent$' || return
    rm -r "$place/apt"
}

data_of_another_postgresql_is_refused() {
    echo 14 >"$place/one/pg/PG_VERSION"
    said=$(hall make "$place/one" 2>&1) && return 1
    echo 15 >"$place/one/pg/PG_VERSION"
    echo "$said" | grep -q '^onedoor: the data in .* was made by PostgreSQL 14'
}

a_hall_does_not_change_its_kind() {
    said=$(hall make "$place/one" --kind simulation 2>&1) && return 1
    echo "$said" | grep -q 'is a working hall already'
}

# The programs as they are, but for the simulator: it writes until nobody reads, and is then killed. The shell's own word
# on that finds no reader either. A pipeline returns when all of it has ended.
a_simulated_hall_is_stopped_when_nobody_reads_on() {
    mkdir "$place/bin" && ln -s "$ONEDOOR_BIN"/onedoor-* "$place/bin/" && rm "$place/bin/onedoor-simulate" || return
    printf '#!/bin/sh\ntrap "" PIPE\nwhile echo began; do :; done 2>/dev/null\nkill -KILL $$\n' >"$place/bin/onedoor-simulate"
    chmod 755 "$place/bin/onedoor-simulate"
    ONEDOOR_BIN=$place/bin "$onedoor" simulate --keep="$place/kept" 2>&1 | grep -m 1 '^began$' || return
    [ "$(launcher_of "$place/kept")" = 0 ]
}

up() { # HOME
    env -u ONEDOOR_BUS -u ONEDOOR_BUS_PORT -u ONEDOOR_PORT -u ONEDOOR_GATEWAY_PORT ONEDOOR_HOME="$1" "$onedoor" up
}

# Each takes ports of its own and keeps them; what its operator has set stays, and is all that a destroyed hall leaves.
two_halls_stand_side_by_side() {
    mkdir "$place/left" "$place/right" && printf 'failure_min = 20' >"$place/right/onedoor.conf" || return
    up "$place/left" && up "$place/right" >"$place/said" || return
    grep -q '^  parked       none$' "$place/said" || return
    ONEDOOR_HOME=$place/left "$onedoor" status >/dev/null && ONEDOOR_HOME=$place/right "$onedoor" status >/dev/null || return
    for name in bus_port gateway_port; do
        left=$(sed -n "s/^$name = //p" "$place/left/onedoor.conf") right=$(sed -n "s/^$name = //p" "$place/right/onedoor.conf")
        [ -n "$left" ] && [ -n "$right" ] && [ "$left" != "$right" ] || return
    done
    [ "$(cat "$place/right/run/gateway.address")" = "http://127.0.0.1:$right" ] || return
    kept=$(cat "$place/right/onedoor.conf")
    hall stop "$place/right" && up "$place/right" && [ "$(cat "$place/right/onedoor.conf")" = "$kept" ] || return
    hall destroy "$place/left" && [ ! -e "$place/left" ] && hall destroy "$place/right" || return
    [ "$(cat "$place/right/onedoor.conf")" = 'failure_min = 20' ] && rm -r "$place/right"
}

simulated_halls_are_copies_that_share_nothing() {
    hall make "$place/two" --kind simulation && hall make "$place/three" --kind simulation || return
    start "$place/two" && start "$place/three" || return
    [ "$(ask "$place/two" intake 'select kind from hall.hall')" = simulation ] || return
    ask "$place/two" admin 'create schema only_here' || return
    [ "$(ask "$place/three" admin "select count(*) from pg_namespace where nspname = 'only_here'")" = 0 ]
}

a_given_database_is_used() {
    ask "$place/two" admin "create database elsewhere" || return
    # Its administrator's password comes by the environment, and is not taken for a service's.
    PGPASSWORD="$(cut -d: -f5 "$place/two/keys/admin/pgpass")" \
        ONEDOOR_DB="$(sed 's/onedoor /elsewhere /; s/passfile=.*//' "$place/two/keys/admin/conninfo")" \
        hall make "$place/four" || return
    start "$place/four" || return
    [ -z "$(pid_of "$place/four" postgres)$(pid_of "$place/four" writeback)" ] || return
    [ "$(ask "$place/four" intake 'select current_database() || kind from hall.hall')" = elsewhereworking ] || return
    ! tr '\0' '\n' <"/proc/$(pid_of "$place/four" intake)/environ" | grep -q ONEDOOR_DB || return
}

# Into another database, which is compared with the first.
a_given_database_is_backed_up_and_restored() (
    PGPASSWORD=$(cut -d: -f5 "$place/two/keys/admin/pgpass")
    export PGPASSWORD
    ask "$place/two" admin 'create database anew' || return
    ask "$place/four" admin "insert into charging.counter values (1, 'receipt', 3)" || return
    ONEDOOR_HOME="$place/four" "$onedoor" backup "$place/four.backup" || return
    ask "$place/four" admin "update charging.counter set value = 5" || return
    hall stop "$place/four" || return
    ! ONEDOOR_HOME="$place/four" "$onedoor" restore "$place/four.backup" || return
    ONEDOOR_DB="$(sed 's/dbname=elsewhere/dbname=anew/' "$place/four/keys/admin/conninfo")" ONEDOOR_HOME="$place/four" \
        "$onedoor" restore "$place/four.backup" >"$place/said" || return
    unset PGPASSWORD
    grep -qx 'left out: receipt numbers of charging, 4 to 5' "$place/said" && rm -r "$place/said" "$place/four.backup" || return
    start "$place/four" || return
    [ "$(ask "$place/four" charging 'select current_database() || value from counter')" = anew5 ]
)

a_given_database_is_left_when_its_hall_goes() {
    hall destroy "$place/four" || return
    [ "$(ask "$place/two" admin "select count(*) from pg_database where datname = 'elsewhere'")" = 1 ]
}

a_given_database_that_is_not_there_is_one_sentence() {
    said=$(ONEDOOR_DB='host=/nowhere user=nobody' hall make "$place/five" 2>&1) && return 1
    echo "$said" | grep -q '^onedoor: the database that ONEDOOR_DB names cannot be reached.$'
}

a_folder_with_a_long_and_odd_name_works() {
    odd="$place/a b,c's $(printf '%0100d' 0)"
    hall make "$odd" --kind simulation && start "$odd" || return
    [ "$(ask "$odd" intake 'select kind from hall.hall')" = simulation ] || return
    hall destroy "$odd" && [ ! -e "$odd" ]
}

# The status file of a hall with two processes a service; of routing only one works, of charging none is left to take over.
a_service_without_a_standby_is_a_fault() (
    root=$(dirname -- "$onedoor")
    . "$root/scripts/hall.sh"
    home=$place/standby services='intake routing charging' vitals=''
    mkdir -p "$home/run" || return
    hall_standby() { echo yes; }
    process() { # NAME STATE
        echo "{\"name\":\"$1\",\"pid\":1,\"state\":\"$2\",\"reason\":\"\",\"restarts\":0,\"last_end\":\"\",\"since\":\"x\",\"program\":\"p\"},"
    }
    for service in intake:standby routing:backoff; do
        process "${service%:*}" ready
        process "${service%:*}-2" "${service#*:}"
    done >"$home/run/status"
    process charging ready >>"$home/run/status"
    [ "$(hall_faults | paste -sd , -)" = "routing has no standby that can take over,charging has no standby that can take over" ] || return
    hall_standby() { echo no; }
    [ -z "$(hall_faults)" ]
)

a_destroyed_hall_leaves_nothing_of_its_own_and_everything_else() {
    echo mine >"$place/two/letter"
    hall destroy "$place/two" || return
    [ "$(ls -A "$place/two")" = letter ]
}

for case in \
    a_new_hall_has_its_database_roles_and_keys \
    the_database_keeps_what_was_committed \
    a_peers_name_must_fit_the_list \
    a_role_can_change_nothing_of_the_hall \
    a_service_gets_partitions_of_its_own_journal_alone \
    secrets_are_for_their_owner_alone_and_in_no_log \
    making_and_starting_again_is_harmless \
    a_killed_database_comes_back \
    its_own_database_is_written_back_by_the_owner_of_the_data \
    killing_the_launcher_leaves_no_orphan \
    services_stop_before_the_database \
    a_service_that_cannot_start_is_named_with_its_reason \
    why_a_command_fails_is_heard_from_within_a_redirection \
    the_room_of_a_folder_that_is_not_there_yet_is_its_disks \
    a_demonstration_that_cannot_be_filled_says_why \
    apts_lock_is_waited_for \
    data_of_another_postgresql_is_refused \
    a_hall_does_not_change_its_kind \
    a_simulated_hall_is_stopped_when_nobody_reads_on \
    two_halls_stand_side_by_side \
    simulated_halls_are_copies_that_share_nothing \
    a_given_database_is_used \
    a_given_database_is_backed_up_and_restored \
    a_given_database_is_left_when_its_hall_goes \
    a_given_database_that_is_not_there_is_one_sentence \
    a_folder_with_a_long_and_odd_name_works \
    a_service_without_a_standby_is_a_fault \
    a_destroyed_hall_leaves_nothing_of_its_own_and_everything_else; do
    it $case
done
told_all
