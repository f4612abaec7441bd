# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root is set elsewhere
# package.sh: a Debian package of this tree (cmake/package.cmake).

package_make() {
    [ -z "${ONEDOOR_BIN:-}" ] || die "a package is made in a tree; this Onedoor is installed."
    packages_install
    build release Release
    web_build
    rm -f "$root"/build/onedoor_*.deb
    (cd "$root/build/release" && cpack -B "$root/build") >"$root/build/package.log" 2>&1 || {
        show_end 10 "$root/build/package.log"
        die "the package could not be made; the log is build/package.log."
    }
    rm -rf "$root/build/_CPack_Packages"
    ls "$root"/build/onedoor_*.deb
}
