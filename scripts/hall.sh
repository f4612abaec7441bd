# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, web, home, hall, data are set elsewhere
# hall.sh: one hall as a folder and a set of processes: make, start, stop, destroy, show.
#
#   keys/      who may speak to whom, and a folder a program: its key, and its way into the database
#   socket/    of the database, where the services have users of their own (users.sh)
#   run/       status of the processes, sockets
#   log/       one log a process
#   pg/        the database, when it is the hall's own (or pg.path says where it is)
#   hall       what kind of hall this is; the folder of a hall is known by this file
#   made       which version of the database has been prepared; the hall is complete
#   foreign    there when ONEDOOR_DB gave the database
#   alias      the short path of this folder, where it has one
#   filled     there when the demonstration has its cases
#   clock      business time, while a simulated hall is driven
#   restored/  an account of each restore: what was lost, what was done
#   next       the command line of the launcher that takes the place of the one that runs
#   restoring  there while a restore has not put everything in its place

umask 022

# hall_at HOME: names the hall for all functions below. Sets $home, its folder, and $hall, the
# same folder under a path that is short and plain: a Unix socket's path holds 107 bytes, and commas
# or quotes mean something to PostgreSQL. Where HOME is not like that, $hall is a link to it.
hall_at() {
    home=$(realpath -m -- "$1")
    hall=$home
    data=''
    case $home in
        *[!A-Za-z0-9/._-]*) ;;
        *) [ ${#home} -gt 60 ] || return 0 ;;
    esac
    hall=$(cat "$home/alias" 2>/dev/null) || hall=''
    [ -n "$hall" ] && [ -O "${hall%/*}" ] && [ "$(readlink "$hall")" = "$home" ] && return 0
    hall_folder
    hall=$(mktemp -d /tmp/onedoor.XXXXXX)
    chmod 711 "$hall"
    hall=$hall/hall
    ln -s "$home" "$hall"
    printf '%s\n' "$hall" >"$home/alias"
}

# setting NAME: what the environment or onedoor.conf says of it; for what concerns the hall's own PostgreSQL.
setting() {
    value=$(printenv "ONEDOOR_$(printf %s "$1" | tr '[:lower:]' '[:upper:]')") ||
        value=$(sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" "$home/onedoor.conf" 2>/dev/null | tail -n 1)
    printf %s "$value" | sed 's/[[:space:]]*$//'
}

# A hall whose restore broke off has no data yet, or data that are not fit for work.
hall_is_whole() {
    [ ! -f "$home/restoring" ] ||
        die "a restore of the hall in $home was not finished; run it again, or delete $home/restoring to start with what is there."
}

hall_folder() {
    [ -d "$home" ] || mkdir -p "$home" 2>/dev/null || die "the folder $home cannot be made."
}

# Of two commands on one hall, the second waits. Processes that stay running do not get descriptor 9.
hall_lock() {
    hall_folder
    touch "$home/lock" 2>/dev/null || die "the folder $home cannot be written."
    exec 9>"$home/lock"
    flock -w 600 9 || die "another onedoor has been working on $home for ten minutes."
}

# hall_make KIND: folders, keys, cluster, roles, migrations, reference hall; what is there already is kept.
# KIND is working, simulation, demonstration, or empty: as it is, or working when it is new.
hall_make() {
    is=$(cat "$home/hall" 2>/dev/null) || is=''
    kind=${1:-${is:-working}}
    case $kind in working | simulation | demonstration) ;; *) refuse "there is no kind of hall '$kind'" ;; esac
    [ ! -f "$home/made" ] || [ "$is" = "$kind" ] ||
        die "the hall in $home is a $is hall already; set ONEDOOR_HOME to another folder."
    if hall_is_running; then
        [ "$(cat "$home/made")" = "$(database_version)" ] || hall_upgrade_database "$kind"
        return 0
    fi
    hall_is_whole
    hall_folder
    hall_room
    hall_folders "$kind"
    if [ "$kind" = simulation ]; then
        unset ONEDOOR_DB
        [ -f "$home/made" ] || [ ! -w "$root/build" ] || hall_copy_template
    fi
    hall_make_keys "$kind"
    users_choose
    hall_make_database "$kind"
    users_give
}

hall_folders() {
    printf '%s\n' "$1" >"$home/hall"
    mkdir -p "$home/keys" "$home/run" "$home/log"
    chmod 711 "$home/keys"
    chmod 700 "$home/run" "$home/log"
}

# A hall needs some 100 MB in addition to PostgreSQL's log, and must not fill the disk. One that exists has the
# space of its log already. The data may be outside the hall's folder.
hall_room() {
    cluster_locate
    where=${data%/*}
    if [ "$where" = "$hall" ] || [ -n "${ONEDOOR_DB:-}" ] || database_is_foreign; then
        where=$home
    fi
    where=$(folder_there "$where")
    free_mb=$(disk_left_mb "$where")
    need_mb=512
    [ -f "$home/made" ] || need_mb=$((need_mb + log_room_mb))
    [ "$free_mb" -ge $need_mb ] ||
        die "the disk that holds $where has $free_mb MB left, and a hall needs $need_mb MB; make room and run it again."
}

# In a working hall nobody but the gateway vouches for people, until an operator adds a desk.
hall_make_keys() {
    peers="$roles operator"
    [ "$1" = working ] || peers="$peers desk"
    # shellcheck disable=SC2086 # one word a peer
    "$bin/onedoor-keys" "$hall" $peers
}

# While the hall works: a change lets the programs of the release before go on (db/sqitch.plan).
hall_upgrade_database() {
    database_prepare "$1"
    database_version >"$home/made"
}

hall_make_database() {
    hall_choose_database
    version=$(database_version)
    if database_is_foreign; then
        database_conninfo
        sql -c 'select 1' >/dev/null || die "the database that ONEDOOR_DB names cannot be reached."
        database_prepare "$1"
        hall_people "$1"
        printf '%s\n' "$version" >"$home/made"
        return 0
    fi
    cluster_locate
    cluster_make
    database_conninfo
    [ "$(cat "$home/made" 2>/dev/null)" != "$version" ] || return 0
    note "Preparing the database"
    cluster_settings
    (
        trap 'exit 130' INT TERM HUP
        trap cluster_stop EXIT
        cluster_start
        database_prepare "$1"
        hall_people "$1"
    )
    printf '%s\n' "$version" >"$home/made"
}

# A PGPASSWORD that came with ONEDOOR_DB is the administrator's. libpq would prefer it to the password file of a
# service, so services do not inherit it.
#
# The first administrator, and for a demonstration people for each role and department; nothing happens when they exist.
# A simulated hall has no people.
hall_people() {
    [ "$1" != simulation ] || return 0
    env -u PGPASSWORD "$bin/onedoor-gateway" --home="$hall" --make=admin
    [ "$1" != demonstration ] || env -u PGPASSWORD "$bin/onedoor-gateway" --home="$hall" --make=demo
}

# Decided once: a database of the hall's own, or the one that ONEDOOR_DB names.
hall_choose_database() {
    if [ -f "$home/made" ]; then
        [ -z "${ONEDOOR_DB:-}" ] || database_is_foreign ||
            die "the hall in $home has a database of its own; unset ONEDOOR_DB, or set ONEDOOR_HOME to another folder."
    elif [ -n "${ONEDOOR_DB:-}" ]; then
        : >"$home/foreign"
    else
        rm -f "$home/foreign"
    fi
}

# Simulated halls are short-lived, so each starts as a copy of a template, keys included.
hall_copy_template() {
    template=$root/build/template-$pg_major-$(database_version)
    (
        flock 8
        [ -d "$template" ] || hall_make_template
        cluster_locate
        cluster_place
        rm -rf "$data"
        if ! { cp -a "$template/pg" "$data" && cp -a "$template/keys" "$template/made" "$home/"; }; then
            die_when_full "$home"
            die "$template could not be copied to $home."
        fi
    ) 8>"$root/build/template.lock"
}

hall_make_template() (
    rm -rf "$root"/build/template-*
    hall_at "$(mktemp -d /tmp/onedoor-template.XXXXXX)"
    chmod 711 "$home"
    hall_folders simulation
    hall_make_keys simulation
    users_choose
    hall_make_database simulation
    mkdir "$template.new"
    cp -a "$home/keys" "$home/made" "$template.new/"
    cp -a "$data" "$template.new/pg"
    mv "$template.new" "$template"
    hall_remove
)

# hall_start [launcher option]...: returns when every process is ready, or fails and leaves nothing
# running. In a hall that runs, the programs that are there now take the places of others.
hall_start() {
    hall_begin "$@"
    hall_await
}

# hall_begin [launcher option]...: likewise, without waiting for it to be ready.
hall_begin() {
    started='' standby=$(hall_standby)
    case " $* " in *' --standby '*) standby=yes ;; esac
    if hall_is_running; then
        hall_is_renewed || hall_renew "$@"
    else
        started=yes
        hall_prepare_start
        set -- --home="$hall" ${own_postgres:+"--postgres=$pg_bin/postgres"} ${own_postgres:+"--data=$data"} "$@"
        env -u ONEDOOR_DB -u PGPASSWORD "$bin/onedoor-launcher" "$@" 7>&- 9>&-
    fi
}

hall_start_in_foreground() { # [launcher option]...
    ! hall_is_running || die "the hall in $home runs already; stop it with: ./onedoor down"
    hall_prepare_start
    note "The hall runs in the foreground; Ctrl-C stops it. Its logs are in $home/log."
    exec env -u ONEDOOR_DB -u PGPASSWORD "$bin/onedoor-launcher" --foreground --home="$hall" \
        ${own_postgres:+"--postgres=$pg_bin/postgres"} ${own_postgres:+"--data=$data"} "$@" 7>&- 9>&-
}

# hall_renew [launcher option]...: another launcher takes the place of the one that runs, and renews the processes one
# after another (programs/launcher/renewal.h).
hall_renew() {
    outdated=$(hall_outdated)
    [ -z "$outdated" ] ||
        note "The hall runs Onedoor $(hall_version). Onedoor $(version) takes its place, process by process: $outdated"
    own_postgres=''
    database_is_foreign || { own_postgres=yes && cluster_locate; }
    (umask 077 && printf '%s\n' "$bin/onedoor-launcher" --home="$hall" ${own_postgres:+"--postgres=$pg_bin/postgres"} \
        ${own_postgres:+"--data=$data"} ${standby:+--standby} "$@" >"$home/next")
    kill -USR1 "$(hall_launcher)"
}

# What may have changed since the hall was made: its path, our settings; and a PostgreSQL that a killed
# command left running.
hall_prepare_start() {
    [ -f "$home/made" ] || die "there is no hall in $home; make it with: ./onedoor up"
    hall_is_whole
    users_choose
    users_clear
    own_postgres=''
    if ! database_is_foreign; then
        own_postgres=yes
        cluster_locate
        cluster_stop
        cluster_settings || die_when_full "$data"
    fi
    database_conninfo
    users_give
    [ ! -f "$web/index.html" ] || export ONEDOOR_WEB_FOLDER="$web"
    rm -f "$home/run/status"
}

hall_is_running() {
    [ -f "$home/run/launcher.lock" ] && ! flock -n -s "$home/run/launcher.lock" true
}

# One line a process: name, pid, state, restarts, since, reason (spaces in it as they are).
hall_processes() {
    sed -n 's/^{"name":"\([^"]*\)","pid":\([0-9]*\),"state":"\([a-z]*\)","reason":"\(.*\)","restarts":\([0-9]*\),"last_end":"[^"]*","since":"\([^"]*\)",.*/\1 \2 \3 \5 \6 \4/p' \
        "$home/run/status" 2>/dev/null || true
}

hall_launcher() {
    sed -n '1s/^{"pid":\([0-9]*\).*/\1/p' "$home/run/status"
}

# Of the launcher that runs.
hall_version() {
    sed -n '1s/.*"version":"\([0-9.]*\)".*/\1/p' "$home/run/status"
}

# yes: services have a second process. (Each has one for a while when it is renewed.)
hall_standby() {
    if [ "$(setting standby)" = yes ] ||
        { hall_is_running && tr '\0' '\n' <"/proc/$(hall_launcher)/cmdline" | grep -qxe --standby; }; then
        echo yes
    fi
}

# What runs though another program of Onedoor stands in its place, or $bin has another one.
hall_outdated() {
    [ ! -x "$bin/onedoor-launcher" ] || [ "/proc/$(hall_launcher)/exe" -ef "$bin/onedoor-launcher" ] || printf 'launcher '
    sed -n 's,^{"name":"\([^"]*\)".*"program":"[^"]*/\(onedoor-[a-z]*\)"\,"file":"\([0-9:]*\)"}.*,\1 \2 \3,p' "$home/run/status" |
        while read -r name program file; do
            [ ! -x "$bin/$program" ] || [ "$(stat -Lc %d:%i "$bin/$program")" = "$file" ] || printf '%s ' "$name"
        done
}

# Nothing runs that should not, and what is wanted runs.
hall_is_renewed() {
    [ -z "$(hall_outdated)" ] || return 1
    [ "${standby:-no}" = "$(hall_processes | awk '$1 ~ /-2$/ { has = "yes" } END { print has ? has : "no" }')" ]
}

hall_is_healthy() {
    hall_is_running && hall_processes | awk '
        $3 != "ready" && $3 != "standby" { ill = 1 }
        END { exit ill || NR == 0 }'
}

# Wait until all are ready. One that dies three times meanwhile will not be ready: say why it dies.
hall_await() {
    waited=0 limit=6000 before=$(hall_processes)
    until hall_is_healthy && hall_is_renewed; do
        hall_is_running || {
            die_when_full "$home"
            show_end 3 "$hall/log/launcher.log"
            die "the launcher has ended; its log is $home/log/launcher.log."
        }
        failing=$(hall_processes | awk -v before="$before" '
            BEGIN { for (n = split(before, lines, "\n"); n > 0; n--) { split(lines[n], part, " "); had[part[1]] = part[4] } }
            $3 == "backoff" && $4 - had[$1] >= 3 { print $1; exit }')
        [ $waited != 100 ] || ! disk_is_full "${data:-$home}" || limit=100
        [ $waited -lt $limit ] || failing=$(hall_processes | awk '$3 != "ready" && $3 != "standby" { print $1; exit }')
        [ -z "$failing" ] || hall_give_up "$failing"
        [ $waited -lt $limit ] || die "these were not renewed: $(hall_outdated); log/launcher.log in $home says why."
        sleep 0.05
        waited=$((waited + 1))
    done
}

# A hall that was running already stays up: it recovers by itself.
hall_give_up() {
    [ -z "$started" ] || hall_stop
    die_when_full "${data:-$home}"
    show_end 5 "$hall/log/$1.log"
    die "$1 does not start; above is the end of its log, $home/log/$1.log."
}

# The launcher holds its lock until everything has stopped.
hall_stop() {
    ! hall_is_running || kill "$(hall_launcher)" 2>/dev/null || true
    [ ! -f "$home/run/launcher.lock" ] || flock -s -w 120 "$home/run/launcher.lock" true ||
        die "the hall in $home has not stopped within two minutes; see $home/log/launcher.log."
}

hall_destroy() {
    [ -f "$home/hall" ] || return 0
    hall_stop
    ! database_is_foreign || note "The database that ONEDOOR_DB named is left as it is."
    hall_remove
}

# Removes only what belongs to a hall: other files in a folder named by mistake stay.
hall_remove() {
    database_is_foreign || {
        cluster_locate
        cluster_stop
        rm -rf "$data" "$data.tmp" "$data.password" "$data.restored" "$data".before-*
        [ "$data" = "$hall/pg" ] || rmdir "${data%/*}" 2>/dev/null || true
    }
    [ "$hall" = "$home" ] || rm -rf "${hall%/*}"
    ports_forget
    rm -rf "$home/keys" "$home/run" "$home/log" "$home/restored" "$home/socket"
    rm -f "$home/alias" "$home/pg.path" "$home/hall" "$home/made" "$home/foreign" "$home/filled" "$home/clock" "$home/demo-users.json" "$home/restoring" "$home/lock" "$home/next"
    rmdir "$home" 2>/dev/null || true
}

# hall_driven COMMAND...: runs it while the hall is up and takes business time from the file `clock`, which the
# command sets. In a working hall the services refuse that. $driven_start starts the hall.
hall_driven() {
    export ONEDOOR_CLOCK_FILE="$hall/clock" ONEDOOR_GATHER_MS=0 ONEDOOR_GATHER_EVENTS_MS=0 # each step waits for the slowest service
    head -c 8 /dev/zero >"$home/clock"
    ${driven_start:-hall_start}
    driven=0
    "$@" || driven=$?
    hall_stop
    rm -f "$home/clock"
    unset ONEDOOR_CLOCK_FILE ONEDOOR_GATHER_MS ONEDOOR_GATHER_EVENTS_MS
    return "$driven"
}

# Once: cases of the last months, from the simulator.
hall_fill_demonstration() {
    [ ! -f "$home/filled" ] || return 0
    note "Filling the demonstration with simulated cases"
    hall_driven "$bin/onedoor-simulate" --home="$hall" --demo --cases=900 >"$home/log/demo.log" 2>&1 || {
        show_end 5 "$home/log/demo.log"
        die "the demonstration could not be filled; the log is $home/log/demo.log."
    }
    : >"$home/filled"
}

hall_json() {
    if hall_is_running; then
        sed '/^ *$/d; s/^]}$/],/' "$home/run/status"
        say "\"faults\":[$(hall_faults | sed 's/.*/"&"/' | paste -sd , -)]}"
    else
        say '{"pid":0,"processes":[],"faults":[]}'
    fi
}

# What the services say of themselves, once they run; sets $vitals, empty when there are none.
hall_ask() {
    vitals=''
    ! hall_is_healthy || vitals=$("$bin/onedoor-health" --home="$hall" 2>/dev/null | awk '
        { lines = lines $0 "\n" }
        $2 == "ready" { n++ }
        END { if (n) printf "%s", lines }')
}

# A service that does not answer or cannot work, one that does not hear the others, clocks that differ, a disk that is
# nearly full; a standby that cannot take over.
hall_faults() {
    printf '%s\n' "$vitals" | sed -n 's/^fault: //p'
    [ "$(hall_standby)" != yes ] || for service in $services; do
        hall_processes | awk -v name="$service" '
            $1 == name || $1 == name "-2" { ready += $3 == "ready"; able += $3 == "standby" }
            END { if (ready && !able) print name " has no standby that can take over" }'
    done
}

# Events that a service could not digest, so that a case does not move on in it (docs/DESIGN.md).
hall_parked() {
    printf '%s\n' "$vitals" | awk '
        $2 == "ready" { n++ }
        $NF == "parked" { list = list ", " $1 " " $(NF - 1) }
        END { if (n) print "  parked       " (list ? substr(list, 3) " (event.parked in its log says why)" : "none") }'
}

hall_table() {
    if ! hall_is_running; then
        say "No hall is up in $home."
        return 0
    fi
    say "The hall in $home ($(cat "$home/hall"), Onedoor $(hall_version))"
    hall_processes | awk '
        BEGIN { printf "  %-12s %8s  %-9s %8s  %s\n", "process", "pid", "state", "restarts", "since" }
        {
            reason = $0
            sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ ?/, "", reason)
            printf "  %-12s %8s  %-9s %8s  %s  %s\n", $1, $2, $3, $4, $5, reason
        }' | sed 's/ *$//'
    if database_is_foreign; then
        say "  database     the one ONEDOOR_DB named"
    else
        cluster_locate
        say "  database     $data (psql \"\$(cat $hall/keys/admin/conninfo)\")"
    fi
    users_line
    outdated=$(hall_outdated)
    [ -z "$outdated" ] || say "  installed    another Onedoor, $(version); ./onedoor up puts it in the place of: $outdated"
    [ ! -f "$home/run/gateway.address" ] || say "  http         $(cat "$home/run/gateway.address")"
    hall_parked
    hall_faults | sed 's/^/  fault        /'
    ! disk_is_full "${data:-$home}" || say "  disk         full; what waits for it goes on by itself once there is room"
    say "  logs         $home/log"
}
