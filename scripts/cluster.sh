# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# cluster.sh: the PostgreSQL that belongs to one hall. It listens on no port, only on a Unix socket
# inside its own data folder, where nobody but its owner (and root) can go, and in one that the services' users reach.
#
# PostgreSQL refuses to run as root, so under root it runs as the user postgres. When that user cannot
# go to the hall's folder (in /root, say), the data is kept in /var/lib/onedoor/<hash of the path>/pg
# and $home/pg.path says so.

pg_major=15
pg_bin=/usr/lib/postgresql/$pg_major/bin
log_room_mb=1024 # what PostgreSQL's own log (WAL) keeps; before a checkpoint it may take twice as much

as_postgres() {
    if is_root; then
        (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups "$@")
    else
        "$@"
    fi
}

# Sets $data, the data folder, whether it is there yet or not.
cluster_locate() {
    if [ -f "$home/pg.path" ]; then
        data=$(cat "$home/pg.path")
    elif ! is_root || as_postgres test -x "$hall/"; then
        data=$hall/pg
    else
        data=/var/lib/onedoor/$(printf %s "$home" | sha256sum | cut -c1-12)/pg
    fi
}

# Makes the folder around $data, and notes its place when that is not the hall's folder.
cluster_place() {
    [ -d "${data%/*}" ] || mkdir -p "${data%/*}"
    [ "$data" = "$hall/pg" ] || printf '%s\n' "$data" >"$home/pg.path"
}

cluster_make() {
    if [ -f "$data/PG_VERSION" ]; then
        [ "$(cat "$data/PG_VERSION")" = $pg_major ] ||
            die "the data in $data was made by PostgreSQL $(cat "$data/PG_VERSION"), this is PostgreSQL $pg_major; dump it with the old version, or start anew with: ./onedoor reset"
        return 0
    fi
    note "Making a PostgreSQL cluster in $data"
    cluster_place
    rm -rf "$data.tmp" "$data.password"
    mkdir -m 700 "$data.tmp"
    (umask 077 && password_of admin >"$data.password")
    if is_root; then
        chown postgres:postgres "$data.tmp" "$data.password"
    fi
    # Made under another name, then renamed: $data is complete, and an interrupted attempt is repeated.
    # A new file of the log is filled with zeros and synced while every commit waits: 50 ms for 16 MB,
    # some 3 ms for 1 MB.
    as_postgres "$pg_bin/initdb" -D "$data.tmp" --username=onedoor --pwfile="$data.password" \
        --auth-local=scram-sha-256 --auth-host=reject --data-checksums \
        --wal-segsize=1 --encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 >"$hall/log/initdb.log" 2>&1 || {
        die_when_full "${data%/*}" "$hall/log/initdb.log"
        die "PostgreSQL could not make its data folder: $(grep -oE '(FATAL|PANIC|error):.*' "$hall/log/initdb.log" | tail -n 1)"
    }
    rm -f "$data.password"
    mv "$data.tmp" "$data"
}

# The setting log_archive: the folder in which PostgreSQL's log (WAL) is kept, so that a backup can be brought up to any
# later time; empty: it is not.
cluster_log_archive() {
    setting log_archive
}

# Each file of the log goes there when it is full, at the latest after a minute. A file that is there already must be the
# same: the folder is this hall's alone.
cluster_archives() {
    archive=$(cluster_log_archive)
    [ -n "$archive" ] || return 0
    [ -d "$archive" ] || {
        mkdir -p "${archive%/*}" && mkdir -m 700 "$archive" && { ! is_root || chown postgres:postgres "$archive"; }
    } 2>/dev/null
    as_postgres test -w "$archive" || die "PostgreSQL cannot write into the folder $archive, which log_archive names."
    cat <<END
archive_mode = on
archive_timeout = 60
archive_command = 'f="$archive/%f.gz"; if [ -e "\$f" ]; then gzip -cd "\$f" | cmp -s - "%p"; else gzip -1 <"%p" >"\$f.new" && sync "\$f.new" && mv "\$f.new" "\$f"; fi'
END
}

# cluster_replays UNTIL: when it starts next it applies the log that was kept, until then or to its end, and goes on in a
# timeline of its own.
cluster_replays() {
    archive=$(cluster_log_archive)
    # shellcheck disable=SC2016 # the inner shell expands it
    {
        if [ -n "$archive" ]; then
            printf "restore_command = 'gzip -cd \"%s/%%f.gz\" >\"%%p\" 2>/dev/null'\n" "$archive"
        else
            printf "restore_command = 'false'\n"
        fi
        [ -z "$1" ] || printf "recovery_target_time = '%s'\n" "$1"
        printf "recovery_target_action = promote\n"
    } | as_postgres sh -c 'cat >>"$1/postgresql.conf" && touch "$1/recovery.signal"' sh "$data"
}

# cluster_start_until_ready LOG [OPTION]...: without a limit of time, since a log may be long.
cluster_start_until_ready() {
    log=$1
    shift
    as_postgres "$pg_bin/pg_ctl" -D "$data" -w -t 1000000 ${1:+-o "$*"} start </dev/null >>"$log" 2>&1 7>&- 9>&- || return
    until [ "$(PGPASSFILE=$hall/keys/admin/pgpass psql -X -A -t -w -h "$data" -U onedoor -d postgres \
        -c 'select pg_is_in_recovery()' 2>&1)" = f ]; do
        cluster_is_running || return
        sleep 0.1
    done
}

# Services with users of their own cannot go to the data folder, so the socket is also in a folder of their group.
cluster_socket() {
    if [ -n "$group" ]; then
        mkdir -p "$hall/socket"
        chown "postgres:$group" "$hall/socket"
        chmod 750 "$hall/socket"
    else
        rm -rf "$hall/socket"
    fi
}

# Our settings replace PostgreSQL's sample file; those of an operator go into postgresql.local.conf
# beside it and win.
cluster_settings() {
    memory_mb=$(awk '$1 == "MemTotal:" { mb = int($2 / 4096); print (mb < 1024 ? mb : 1024) }' /proc/meminfo)
    archives=$(cluster_archives) || exit
    cluster_socket
    # shellcheck disable=SC2016 # the inner shell expands it
    as_postgres sh -c 'cat >"$1/postgresql.conf" && touch "$1/postgresql.local.conf"' sh "$data" <<END
# Written by ./onedoor at every start; put your own settings into postgresql.local.conf.
listen_addresses = ''
unix_socket_directories = '.${group:+,$hall/socket}'
max_connections = 60
password_encryption = scram-sha-256

# What has been committed stays, also through a power cut.
fsync = on
synchronous_commit = on
full_page_writes = on

shared_buffers = ${memory_mb}MB
min_wal_size = ${log_room_mb}MB
max_wal_size = $((2 * log_room_mb))MB
checkpoint_timeout = 15min
jit = off
update_process_title = off

# Vacuum steadily, without delaying people at the windows. Rows are read by key, so new statistics after
# every few thousand of them gain nothing.
autovacuum_max_workers = 1
autovacuum_vacuum_cost_delay = 20ms
autovacuum_vacuum_cost_limit = 50
default_statistics_target = 10
autovacuum_vacuum_threshold = 100000
autovacuum_vacuum_insert_threshold = 500000
autovacuum_analyze_threshold = 100000

timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
# An error's detail may show a row, and a row may show a person.
log_error_verbosity = terse
$archives
include 'postgresql.local.conf'
END
}

# After a day of work PostgreSQL writes its log into recycled files; a new hall has to create each. For `bench`,
# which measures the day and not its first minutes.
cluster_make_log_files() {
    sql -v files=$((log_room_mb - 1)) >/dev/null <<'END'
select 'select pg_logical_emit_message(false, ''onedoor'', ''a file of 1 MB more''), pg_switch_wal()'
  from generate_series(1, :files) \gexec
checkpoint;
END
}

# A process that was killed stays as a zombie until somebody takes notice, and pg_ctl counts it as running.
process_lives() {
    case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in '' | Z* | X*) return 1 ;; esac
}

cluster_is_running() {
    postmaster=$(sed -n 1p "$data/postmaster.pid" 2>/dev/null) || return
    [ -n "$postmaster" ] && process_lives "$postmaster" && as_postgres "$pg_bin/pg_ctl" -D "$data" status >/dev/null 2>&1
}

# Start it without the launcher, to prepare the database while nothing else runs.
cluster_start() {
    cluster_is_running ||
        as_postgres "$pg_bin/pg_ctl" -D "$data" -w start </dev/null >>"$hall/log/postgres.log" 2>&1 7>&- 9>&- || {
        die_when_full "$data"
        die "PostgreSQL does not start: $(grep -oE '(FATAL|PANIC):.*' "$hall/log/postgres.log" | tail -n 1); its log is $home/log/postgres.log."
    }
}

cluster_stop() {
    ! cluster_is_running || as_postgres "$pg_bin/pg_ctl" -D "$data" -m fast -W stop >/dev/null 2>&1 || true
    waits=0
    while cluster_is_running || cluster_is_used; do
        waits=$((waits + 1))
        [ $waits -lt 1200 ] || die "PostgreSQL does not stop, or some of its processes do not; they use the data in $data."
        sleep 0.05
    done
    rm -f "$data/postmaster.pid" "$data/.s.PGSQL.5432.lock" "$home/socket/.s.PGSQL.5432.lock"
}

# Do processes of a PostgreSQL that was killed still use its shared memory? They end when they notice, and only then may
# another start.
cluster_is_used() {
    memory=$(awk 'NR == 7 { print $2 }' "$data/postmaster.pid" 2>/dev/null) || return
    awk -v id="${memory:-none}" '$2 == id && $7 > 0 { found = 1 } END { exit !found }' /proc/sysvipc/shm
}
