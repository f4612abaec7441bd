#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install.sh: the Debian package as an operator gets it: installed with its dependencies into a bare Debian 12, where
# systemd's units are checked, a hall is made on the machine's own PostgreSQL, and each program runs as its unit says.
#
#   tests/package/install.sh PACKAGE.deb        as root, with the package debootstrap and access to the package archive
#
# It takes some minutes, so it is not among the tests of ./onedoor test. systemd itself does not run in the folder: the
# units' ExecStart is started as the unit's user, with a socket in the place of systemd's. Everything is removed at the end.
set -eu
package=$(realpath -- "$1")
cd -- "$(dirname -- "$(realpath -- "$0")")/../.."

say() {
    printf 'package: %s\n' "$*"
}

die() {
    say "$*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || die "needs to be root."
[ -f "$package" ] || die "there is no package $package."
command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"
debian=$(mktemp -d /var/tmp/onedoor-package.XXXXXX)
chmod 755 "$debian" # it is the root of other users too
programs="$(grep '^[a-z]' services/names.txt | tr '\n' ' ')gateway"
children=''

inside() {
    chroot "$debian" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"
}

clear_away() {
    for child in $children; do kill "$child" 2>/dev/null || true; done
    wait
    [ ! -f "$debian/etc/postgresql/15/main/postgresql.conf" ] || inside pg_ctlcluster 15 main stop -m fast || true
    ! mountpoint -q "$debian/proc" || umount "$debian/proc"
    ! mountpoint -q "$debian/dev/shm" || umount "$debian/dev/shm"
    rm -rf "$debian"
}
trap clear_away EXIT
trap 'exit 130' INT TERM HUP

make_debian() {
    say "making a bare Debian"
    debootstrap --variant=minbase bookworm "$debian" >"$debian.log" 2>&1 || die "debootstrap failed: $(tail -n 1 "$debian.log")"
    rm "$debian.log"
    # How this machine reaches the archive.
    cp /etc/resolv.conf "$debian/etc/"
    grep -hs '^Acquire.*;$' /etc/apt/apt.conf.d/* >"$debian/etc/apt/apt.conf.d/50acquire" || true
    mount -t proc proc "$debian/proc"
    mkdir -p "$debian/dev/shm" && mount -t tmpfs shm "$debian/dev/shm"
    printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d" # nothing is started while packages are installed
    chmod 755 "$debian/usr/sbin/policy-rc.d"
}

install_package() {
    say "installing $(basename "$package") with its dependencies"
    cp "$package" "$debian/tmp/onedoor.deb"
    { inside apt-get -q update && inside apt-get -q -y --no-install-recommends install /tmp/onedoor.deb postgresql-15; } >"$debian/tmp/apt.log" 2>&1 || {
        tail -n 20 "$debian/tmp/apt.log" >&2
        die "it cannot be installed."
    }
    inside onedoor --version
    for program in $programs; do
        inside id -u "onedoor-$program" >/dev/null || die "there is no user onedoor-$program."
    done
}

check_units() {
    say "checking the units"
    inside systemd-analyze verify --man=no --recursive-errors=no onedoor@intake.service onedoor.target || die "systemd does not take the units."
    say "exposure, from 0 to 10: $(inside systemd-analyze security --offline=yes onedoor@intake.service 2>/dev/null | tail -n 1)"
}

make_hall() {
    say "making a hall on the machine's own PostgreSQL"
    inside pg_ctlcluster 15 main start
    inside setpriv --reuid=postgres --regid=postgres --init-groups sh -c '
        psql -q -c "create role onedoor login createrole" && createdb --owner=onedoor --encoding=UTF8 --template=template0 --locale=C onedoor &&
        psql -q -c "alter role onedoor password '"'of-this-hall'"'"'
    bring_up
}

# As an operator does, at first and after each upgrade.
bring_up() {
    inside env PGPASSWORD=of-this-hall ONEDOOR_DB='host=127.0.0.1 dbname=onedoor user=onedoor' onedoor hall make /var/lib/onedoor
}

# One as its unit says; it is its own pid that is ended. The umask is the unit's: its group finds the sockets.
start() { # PROGRAM
    command=$(sed -n 's/^ExecStart=//p' "$debian/lib/systemd/system/onedoor@.service" | sed "s/%i/$1/g")
    # shellcheck disable=SC2086 # the words of a command
    (
        umask 007
        exec chroot "$debian" env -i PATH=/usr/bin:/bin LC_ALL=C ONEDOOR_WEB_FOLDER=/usr/lib/onedoor/web ONEDOOR_PORT=7741 \
            ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}' \
            setpriv --reuid="onedoor-$1" --regid=onedoor --clear-groups $command
    ) >"$debian/tmp/$1.log" 2>&1 &
    children="$children $!"
}

await() { # WHAT COMMAND...
    what=$1 tries=0
    shift
    until "$@" >"$debian/tmp/said" 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || {
            cat "$debian/tmp/said" >&2
            tail -n 3 "$debian"/tmp/*.log >&2
            die "$what."
        }
    done
}

run_hall() {
    say "starting $programs"
    for program in $programs; do start "$program"; done
    await "not all services became healthy" inside env ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}' \
        /usr/lib/onedoor/bin/onedoor-health --home=/var/lib/onedoor
    cat "$debian/tmp/said"
    await "the gateway did not become ready" inside perl -MHTTP::Tiny -e 'exit !HTTP::Tiny->new->get("http://127.0.0.1:7741/readyz")->{success}'
    inside perl -MHTTP::Tiny -e 'exit !HTTP::Tiny->new->get("http://127.0.0.1:7741/sign-in")->{success}' || die "the gateway has no pages."
}

upgrade() {
    say "installing it again, as an upgrade"
    inside dpkg -i /tmp/onedoor.deb >"$debian/tmp/apt.log" 2>&1 || die "$(tail -n 1 "$debian/tmp/apt.log")"
    bring_up
    await "not all services stayed healthy" inside env ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}' \
        /usr/lib/onedoor/bin/onedoor-health --home=/var/lib/onedoor
}

# What the hall keeps is the operator's to delete: its folder and its database stay.
purge() {
    say "purging it"
    for child in $children; do kill "$child" 2>/dev/null || true; done
    wait
    children=''
    inside dpkg --purge onedoor >"$debian/tmp/apt.log" 2>&1 || die "$(tail -n 1 "$debian/tmp/apt.log")"
    [ -z "$(inside find /usr/lib/onedoor /usr/bin/onedoor /lib/systemd/system/onedoor.target 2>/dev/null)" ] || die "it leaves programs behind."
    inside test -f /var/lib/onedoor/hall || die "the hall went with the programs."
    inside env PGPASSWORD=of-this-hall psql -q -h 127.0.0.1 -U onedoor -d onedoor -c 'select count(*) from intake.windows' >/dev/null || die "the database went with the programs."
}

make_debian
install_package
check_units
make_hall
run_hall
upgrade
purge
say "the package installs, a hall runs from it, and stays when the package goes."
