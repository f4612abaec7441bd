# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# packages.sh: the Debian packages Onedoor is built from and runs on.

# What runs beside the programs.
run_packages='
postgresql-15 sqitch libdbd-pg-perl
'

packages="
$run_packages
build-essential cmake ninja-build pkg-config
protobuf-c-compiler libprotobuf-c-dev libzmq3-dev libpq-dev libsodium-dev libseccomp-dev libunistring-dev libjansson-dev libxlsxwriter-dev zlib1g-dev libssl-dev libmicrohttpd-dev
libcmocka-dev
"

# What the tests need in addition; `up` does not install it.
# shellcheck disable=SC2034 # used in tests.sh
test_packages='
protobuf-compiler python3-zmq python3-protobuf python3-venv openssl
chromium fonts-noto-cjk
prometheus
clang libclang-rt-14-dev
'

# Prints those of $packages that are not installed.
packages_missing() {
    command -v dpkg-query >/dev/null ||
        die "Onedoor runs on Debian 12, and this machine has no dpkg; use the image of docker/ instead."
    # shellcheck disable=SC2086 # one word a package
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' $packages 2>/dev/null |
        awk -v wanted="$packages" '
            $1 == "installed" { have[$2] = 1 }
            END {
                n = split(wanted, names)
                for (i = 1; i <= n; i++)
                    if (!(names[i] in have)) list = list " " names[i]
                print substr(list, 2)
            }'
}

as_root() {
    if is_root; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "these packages are missing, and installing them needs root or sudo: $missing"
    fi
}

# The package postgresql-15 creates a cluster of its own when it is installed, which is not needed here.
no_main_cluster=/etc/postgresql-common/createcluster.d/onedoor.conf

packages_no_main_cluster() {
    as_root mkdir -p "${no_main_cluster%/*}"
    printf 'create_main_cluster = false\n' | as_root tee "$no_main_cluster" >/dev/null
}

packages_install() {
    [ -z "${ONEDOOR_BIN:-}" ] || return 0
    missing=$(packages_missing)
    [ -z "$missing" ] || packages_fetch
}

# apt ARGUMENT...: apt-get, into $log. While another program holds one of its locks (a new machine updates itself), it
# waits, at most ten minutes. DPkg::Lock::Timeout would wait for the locks of dpkg only.
apt() {
    tries=0
    until as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >"$log.step" 2>&1; do
        if [ $tries = 300 ] || ! grep -q '^E: Could not get lock' "$log.step"; then
            cat "$log.step" >>"$log"
            return 1
        fi
        [ $tries -gt 0 ] || note "Waiting for another program that installs packages"
        tries=$((tries + 1))
        sleep 2
    done
    cat "$log.step" >>"$log"
}

# packages_fetch: installs those named in $missing.
packages_fetch() {
    note "Installing Debian packages: $missing"
    mkdir -p "$root/build"
    log=$root/build/packages.log
    reached=yes
    : >"$log"
    apt -o APT::Update::Error-Mode=any update || reached=no
    case " $missing " in *' postgresql-15 '*) packages_no_main_cluster ;; esac
    installed=yes
    # shellcheck disable=SC2086 # one word a package
    apt -y --no-install-recommends install $missing || installed=no
    [ ! -f "$no_main_cluster" ] || as_root rm "$no_main_cluster"
    if [ $installed = no ]; then
        die_when_full /var "$log"
        [ $reached = yes ] ||
            die "packages are missing ($missing) and the package archive cannot be reached; connect this machine to the network and run it again."
        show_end 5 "$log"
        die "apt-get could not install $missing; the whole log is in $log."
    fi
}
