# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, run_packages are set elsewhere
# sbom.sh: the list of what the hall is made of, for whoever must know whether a fault found in a library concerns it: the
# Debian packages of the libraries that the built programs load, those that run beside them, and the pages' packages.

# The shared libraries, with those that they load.
sbom_libraries() {
    ldd "$bin"/onedoor-* | awk '/=> \// { print $3 }' | sort -u
}

# A library may be asked for by another path than the one it was installed at (/lib, /usr/lib).
sbom_packages() {
    # shellcheck disable=SC2046 # one word a library
    dpkg-query -S $(sbom_libraries | sed -E 's,.*/([^/]*/[^/]*)$,*/\1,') | sed 's/: .*//; s/, .*//'
    # shellcheck disable=SC2086 # one word a package
    printf '%s\n' $run_packages
}

sbom() {
    packages_install
    build release Release
    web_node
    [ -x "$bin/onedoor-intake" ] || die "nothing is built in $bin; build it with: ./onedoor up"
    named=$(sbom_packages | sort -u)
    # shellcheck disable=SC2086 # one word a package
    dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' $named | sort -u |
        node "$root/scripts/sbom.mjs" "$root/web/package-lock.json" "$(git -C "$root" describe --always 2>/dev/null || echo unversioned)"
}
