# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# database.sh: roles, connection strings, migrations and the reference hall, in the hall's own cluster
# or in the database that ONEDOOR_DB names. Passwords pass through files of mode 0600 and through
# standard input, never through a command line or a log.

services=$(grep '^[a-z]' "$root/services/names.txt" | tr '\n' ' ')
roles="${services}gateway"

# Prints the password of admin or of a service; the first time it is made at random.
password_of() {
    file=$home/keys/$1/pgpass
    [ -d "${file%/*}" ] || mkdir -m 700 "${file%/*}"
    role=onedoor
    [ "$1" = admin ] || role=onedoor_$1
    if [ ! -s "$file" ]; then
        password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
        (umask 077 && printf '*:*:*:%s:%s\n' "$role" "$password" >"$file.new")
        mv "$file.new" "$file"
    fi
    cut -d: -f5 "$file"
}

# Is the database not the hall's own, but one that ONEDOOR_DB names or named when the hall was made?
database_is_foreign() {
    [ -f "$home/foreign" ]
}

# Writes keys/<service>/conninfo, which is all that a service knows about its database, and one for admin.
# $hall and $data are plain paths, so they need no quoting.
database_conninfo() (
    umask 077
    cd "$home/keys" || exit
    [ -d admin ] || mkdir admin
    socket=''
    database_is_foreign || [ -z "$group" ] || socket=$hall/socket
    if ! database_is_foreign; then
        printf 'host=%s dbname=onedoor user=onedoor passfile=%s/keys/admin/pgpass\n' "$data" "$hall" >admin/conninfo
    elif [ -n "${ONEDOOR_DB:-}" ]; then
        printf '%s\n' "$ONEDOOR_DB" >admin/conninfo
    fi
    "$bin/onedoor-conninfo" --section=onedoor <admin/conninfo >admin/service
    for service in $roles; do
        "$bin/onedoor-conninfo" user="onedoor_$service" password= passfile="$hall/keys/$service/pgpass" \
            ${socket:+"host=$socket"} application_name="onedoor-$service" <admin/conninfo >"$service/conninfo.new"
        mv "$service/conninfo.new" "$service/conninfo"
    done
)

as_admin() {
    PGSERVICEFILE=$hall/keys/admin/service PGSERVICE=onedoor "$@"
}

sql() {
    as_admin psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

database_create() {
    database_is_foreign || sql -d postgres -f "$root/db/database.sql" >>"$hall/log/migrations.log" 2>&1 ||
        database_failed "could not be made"
    (
        cd "$root/db" || exit
        for service in $roles; do
            printf "\\\\set role onedoor_%s\n\\\\set password '%s'\n\\\\i roles.sql\n" "$service" "$(password_of "$service")"
        done | sql
    ) || die "the roles of the services cannot be made; the role of ONEDOOR_DB needs the right to create roles."
}

migrate() {
    (
        cd "$root/db" || exit
        export SQITCH_SYSTEM_CONFIG=/dev/null SQITCH_USER_CONFIG=/dev/null
        export SQITCH_FULLNAME=onedoor SQITCH_EMAIL=onedoor@localhost
        as_admin sqitch "$@" db:pg:
    ) >>"$hall/log/migrations.log" 2>&1
}

database_failed() {
    die_when_full "${data:-$home}"
    show_end 10 "$hall/log/migrations.log"
    die "the database $1; the whole log is in $home/log/migrations.log."
}

# The changes of the plan, in order: a line for each, its name first. Other lines are pragmas, comments and tags.
database_changes() {
    sed -nE 's,^([a-z][a-z0-9_/]*) [0-9]{4}-.*,\1,p' "$root/db/sqitch.plan"
}

# A change that another Onedoor has made is unknown here; one that was edited since it was made has another hash.
database_migrate() {
    if [ -n "$(sql -c "select 1 where to_regclass('sqitch.changes') is not null")" ]; then
        made=$(sql -c 'select change from sqitch.changes order by committed_at') || database_failed "could not be read"
        unknown=$(database_changes | awk -v made="$made" '
            { known[$1] = 1 }
            END { for (n = split(made, change, "\n"); n > 0; n--) if (change[n] && !known[change[n]]) { print change[n]; exit } }')
        [ -z "$unknown" ] ||
            die "the database of this hall has been brought to a later Onedoor than $(version), which does not know the change '$unknown'; install that one."
        migrate check || {
            show_end 3 "$hall/log/migrations.log"
            die "the database of this hall was made by another version of Onedoor: a change of its own has been edited; start that version, or start anew with: ./onedoor reset"
        }
        [ "$(printf '%s\n' "$made" | wc -l)" != "$(database_changes | wc -l)" ] || return 0
        note "Bringing the database to Onedoor $(version)"
    fi
    # What was done stays when a later change fails: going back would drop what people have written meanwhile. And a
    # change that does not get its lock gives up, or all who come after it would wait too.
    PGOPTIONS='-c lock_timeout=5s' migrate deploy --verify --mode change || database_failed "could not be migrated"
}

# The tables of the reference hall, and what kind of hall this is, once, in one transaction.
database_load() {
    halls=$(sql -c 'select count(*) from hall.hall') || database_failed "could not be read"
    [ "$halls" = 0 ] || return 0
    (cd "$root/db/reference" && sql -1 -v kind="$1" -f ../hall.sql -f load.sql) >>"$hall/log/migrations.log" 2>&1 ||
        database_failed "could not be given the reference hall"
}

# A checksum of everything that the database is made from: its version.
database_version() {
    (cd "$root" && find db scripts/cluster.sh scripts/database.sh -type f | LC_ALL=C sort | xargs sha256sum) |
        sha256sum | cut -c1-16
}

# Brings the database to this version, whatever its state. $1 is the kind of hall.
database_prepare() {
    database_create
    database_migrate
    database_load "$1"
}
