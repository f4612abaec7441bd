# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# backup.sh: a hall into a folder, and back from it.
#
# A backup is a folder (0700) of these, complete once it has its name:
#   cluster/        pg_basebackup's copy of the hall's own PostgreSQL, with the log (WAL) to make it consistent
#   database.dump   or pg_dump's copy of a database that ONEDOOR_DB names
#   home/           keys, onedoor.conf, and what kind of hall it is
#   taken           when it was complete: nothing later is in it
#   restored        a line for each time that it was restored

# ---- backup

backup_make() { # FOLDER
    hall_is_running || die "no hall is up in $home; start it with: ./onedoor up"
    backup=$(realpath -m -- "$1")
    [ -z "$(ls -A "$backup" 2>/dev/null)" ] || die "$backup is not empty; a backup needs a folder of its own."
    rm -rf "$backup.part"
    { mkdir -p "${backup%/*}" && mkdir -m 700 "$backup.part"; } 2>/dev/null || die "the folder $backup cannot be made."
    (
        umask 077
        if database_is_foreign; then backup_dump; else backup_cluster; fi
        mkdir "$backup.part/home"
        for part in $backup_home; do
            [ ! -e "$home/$part" ] || cp -a "$home/$part" "$backup.part/home/"
        done
        chmod -R go= "$backup.part"
        date -u +%Y-%m-%dT%H:%M:%SZ >"$backup.part/taken"
        sync -f "$backup.part"
    ) || exit
    [ ! -d "$backup" ] || rmdir "$backup"
    mv "$backup.part" "$backup"
    say "The hall in $home is backed up in $backup ($(du -sm "$backup" | cut -f1) MB, until $(cat "$backup/taken"))."
}

# Of the hall's folder.
backup_home='keys onedoor.conf hall made'

# And it is read again: what pg_verifybackup finds good can be restored.
backup_cluster() {
    note "Copying the database"
    as_admin "$pg_bin/pg_basebackup" -w -D "$backup.part/cluster" -X stream --checkpoint=fast >"$backup.part/log" 2>&1 || backup_failed
    "$pg_bin/pg_verifybackup" -q "$backup.part/cluster" >>"$backup.part/log" 2>&1 || backup_failed
    rm "$backup.part/log"
}

backup_dump() {
    note "Copying the database"
    as_admin "$pg_bin/pg_dump" -w -Fc -f "$backup.part/database.dump" 2>"$backup.part/log" || backup_failed
    rm "$backup.part/log"
}

backup_failed() {
    die_when_full "$backup.part" "$backup.part/log"
    die "the database could not be copied: $(tail -n 1 "$backup.part/log")"
}

# ---- restore

restore_hall() { # FOLDER [--to TIME] [--skip N]
    restore_arguments "$@"
    restore_allowed
    hall_folder
    mkdir -p "$home/log" "$home/run" "$home/restored"
    chmod 700 "$home/log" "$home/run" "$home/restored"
    [ -f "$home/made" ] || : >"$home/restoring"
    for part in $backup_home; do
        [ -e "$home/$part" ] || [ "$part" = made ] || [ ! -e "$backup/home/$part" ] || cp -a "$backup/home/$part" "$home/"
    done
    restore_seal_keys
    rm -f "$home/log/restore.log"
    restored_at=$(date -u +%Y-%m-%dT%H-%M-%SZ)
    account=$home/restored/$restored_at.txt
    # shellcheck disable=SC2034 # used in cluster.sh and database.sh
    group='' # two databases run, each with a socket in its own folder alone
    rm -rf "$home/keys/restored" "$home/keys/old"
    mkdir -m 700 "$home/keys/restored" "$home/keys/old"
    trap 'restore_stop' EXIT
    trap 'exit 130' INT TERM HUP
    if [ -d "$backup/cluster" ]; then restore_cluster; else restore_dump; fi
    restore_account
    restore_stop
    restore_put_in_place
    trap - EXIT
    restore_tell
}

restore_arguments() {
    backup='' until='' skip='' old='' new='' compare=''
    while [ $# -gt 0 ]; do
        case $1 in
            --to)
                [ $# -gt 1 ] || refuse "--to takes a time"
                until=$2
                shift
                ;;
            --to=*) until=${1#--to=} ;;
            --skip)
                [ $# -gt 1 ] || refuse "--skip takes a number"
                skip=$2
                shift
                ;;
            --skip=*) skip=${1#--skip=} ;;
            -*) refuse "restore does not know '$1'" ;;
            *)
                [ -z "$backup" ] || refuse "restore takes one folder"
                backup=$(realpath -m -- "$1")
                ;;
        esac
        shift
    done
    [ -n "$backup" ] || refuse "restore takes a folder"
    case $skip in *[!0-9]*) refuse "--skip takes a number" ;; esac
    [ -z "$until" ] || until=$(date -u -d "$until" '+%Y-%m-%d %H:%M:%S.%N+00' 2>/dev/null) ||
        refuse "--to takes a time, like '2026-03-02 15:30'"
}

restore_allowed() {
    [ -f "$backup/taken" ] || die "$backup is no backup, or an incomplete one."
    ! hall_is_running || die "the hall in $home runs; stop it with: ./onedoor down"
    [ ! -f "$home/keys/admin/pgpass" ] || cmp -s "$home/keys/admin/pgpass" "$backup/home/keys/admin/pgpass" ||
        die "$home holds another hall than the backup; set ONEDOOR_HOME to its folder, or to a new one."
    [ -z "$until" ] || [ -d "$backup/cluster" ] || die "a database of yours is restored by your own means to a point in time."
    [ -z "$until" ] || [ "$(date -d "$until" +%s)" -ge "$(date -d "$(cat "$backup/taken")" +%s)" ] ||
        die "this backup has everything until $(cat "$backup/taken"); take an earlier one to go back further."
}

# Rows of the backup may be sealed with keys that were replaced since and deleted: they come behind those of the hall.
restore_seal_keys() {
    for old_keys in "$backup"/home/keys/*/seal; do
        own_keys=$home/keys/${old_keys#"$backup/home/keys/"}
        [ -f "$old_keys" ] && [ -f "$own_keys" ] || continue
        cp -p "$own_keys" "$own_keys.new"
        awk 'FNR == NR { has[$2] = $1; next } $1 == "key" && has[$2] != "key"' "$own_keys" "$old_keys" >>"$own_keys.new"
        mv "$own_keys.new" "$own_keys"
    done
}

# Into a folder beside the old data, which stay as they are until all is done.
restore_cluster() {
    cluster_locate
    cluster_stop
    old=$data
    new=$data.restored
    note "Checking the backup"
    "$pg_bin/pg_verifybackup" -q "$backup/cluster" >>"$home/log/restore.log" 2>&1 || {
        show_end 1 "$home/log/restore.log"
        die "the backup in $backup is damaged; take another one."
    }
    cluster_place
    rm -rf "$new"
    restore_room
    note "Copying it to $new"
    cp -a "$backup/cluster" "$new" || die_when_full "$new"
    chmod 700 "$new"
    ! is_root || chown -R postgres:postgres "$new"
    restore_replay
    restore_conninfo "$new" >"$home/keys/restored/conninfo"
    restore_start_old
}

restore_room() {
    need_mb=$(($(du -sm "$backup/cluster" | cut -f1) + 512))
    [ "$(disk_left_mb "${new%/*}")" -ge $need_mb ] ||
        die "the disk that holds ${new%/*} has $(disk_left_mb "${new%/*}") MB left, and the restored data need $need_mb MB; make room and run it again."
}

restore_conninfo() { # DATA
    (umask 077 && printf 'host=%s dbname=onedoor user=onedoor passfile=%s/keys/admin/pgpass\n' "$1" "$hall")
}

# PostgreSQL applies the log that the backup holds and then the one that was kept since, until the time or its end.
restore_replay() {
    note "Applying the log${until:+ until $until}"
    (
        data=$new
        cluster_settings
        cluster_replays "$until"
        cluster_start_until_ready "$home/log/restore.log"
    ) || {
        die_when_full "$new"
        ! grep -q 'before configured recovery target' "$home/log/restore.log" || die "the log that was kept does not reach $until."
        die "PostgreSQL cannot start from this backup: $(grep -oE '(FATAL|PANIC):.*' "$home/log/restore.log" | grep -v 'the database system is' | tail -n 1); its log is $home/log/restore.log."
    }
}

# Into an empty database, which ONEDOOR_DB names or the hall remembers.
restore_dump() {
    : >"$home/foreign"
    : >"$home/restoring"
    [ -z "${ONEDOOR_DB:-}" ] || [ ! -f "$home/keys/admin/conninfo" ] || cp -a "$home/keys/admin/conninfo" "$home/keys/old/conninfo"
    database_conninfo
    [ "$(sql -c "select to_regnamespace('hall') is null")" = t ] ||
        die "the database is not empty or cannot be reached; set ONEDOOR_DB to an empty one."
    note "Copying it into the database"
    database_create
    as_admin "$pg_bin/pg_restore" -w -1 --no-owner -d "service=onedoor" "$backup/database.dump" >>"$home/log/restore.log" 2>&1 || {
        show_end 3 "$home/log/restore.log"
        die "the database could not be filled."
    }
    cp -a "$home/keys/admin/conninfo" "$home/keys/restored/conninfo"
    [ ! -f "$home/keys/old/conninfo" ] || compare=yes
}

# The old data may be whole, damaged or gone.
restore_start_old() {
    [ -f "$old/PG_VERSION" ] || return 0
    if (data=$old && cluster_settings && cluster_start_until_ready "$home/log/restore.log" -c archive_mode=off); then
        compare=yes
        restore_conninfo "$old" >"$home/keys/old/conninfo"
    else
        note "The old data in $old cannot be read."
    fi
}

# A list of what is lost and of what was done, kept and, but for single events and commands, printed.
restore_account() {
    (umask 077 && : >"$account")
    note "Comparing"
    [ -z "$compare" ] || restore_finish --compare=yes || compare=''
    [ -n "$compare" ] || restore_finish ${skip:+--skip="$skip"} --times="$(restore_times)" ||
        die "the restored database could not be made fit for work; above is why."
}

restore_finish() {
    "$bin/onedoor-restore" --home="$hall" "$@" >"$account.part" || return
    {
        say "Restored $restored_at from the backup $backup, which was taken $(cat "$backup/taken")${until:+, until $until}"
        [ -n "$compare" ] || say "What came after is not known: there are no old data that can be read"
        cat "$account.part"
    } >"$account"
    rm "$account.part"
}

# How often this backup was restored, this time included: those halls gave out numbers too.
restore_times() {
    echo $(($(grep -c . "$backup/restored" 2>/dev/null || true) + 1))
}

restore_stop() {
    rm -rf "$home/keys/restored" "$home/keys/old"
    for folder in $new $old; do
        (data=$folder && cluster_stop)
    done
}

# While `restoring` is there, `up` refuses.
restore_put_in_place() {
    : >"$home/restoring"
    if [ -n "$new" ]; then
        [ ! -e "$old" ] || mv "$old" "$old.before-$restored_at"
        mv "$new" "$old"
    fi
    cp "$backup/home/made" "$home/made"
    printf '%s %s\n' "$restored_at" "$home" >>"$backup/restored" ||
        note "$backup cannot be written: do not restore from it again, for its numbers would be given out twice."
    rm -f "$home/restoring"
}

restore_tell() {
    grep -vE '^(event|command) ' "$account"
    say "This account, with each lost event and command, is $account."
    [ -z "$old" ] || [ ! -e "$old.before-$restored_at" ] || say "The data from before are in $old.before-$restored_at; delete them when nobody needs them."
    say "Start the hall with ./onedoor up, check it with ./onedoor verify, and back it up again."
}
