# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, web, log are set elsewhere
# web.sh: builds the pages (web) into build/web with node and npm. When they are built and no source is
# newer, neither is needed.

pages=$root/web

# web_build: the gateway reads the pages when it starts.
web_build() {
    [ -z "${ONEDOOR_BIN:-}" ] || return 0
    ! web_is_current || return 0
    web_modules
    note "Building the pages"
    log=$root/build/web.log
    : >"$root/build/web.begun" # sources edited meanwhile are newer than this
    (cd "$pages" && ONEDOOR_WEB_OUT=$root/build/web.new npm run build) >"$log" 2>&1 || web_failed
    rm -rf "$root/build/web"
    mv "$root/build/web.new" "$root/build/web"
    mv "$root/build/web.begun" "$root/build/web.built"
}

# A folder counts too: it is newer when a file was removed from it.
web_is_current() {
    [ -f "$root/build/web/index.html" ] && [ -f "$root/build/web.built" ] &&
        [ -z "$(find "$pages" \( -name node_modules -o -name tests \) -prune -o \
            \( -type f -o -path "$pages/src*" \) -newer "$root/build/web.built" -print -quit)" ]
}

# web_modules: fetches the packages that package-lock.json names, once.
web_modules() {
    [ -z "$(find "$pages/node_modules/.package-lock.json" -newer "$pages/package-lock.json" 2>/dev/null)" ] || return 0
    web_node
    note "Fetching what the pages are built from"
    mkdir -p "$root/build"
    log=$root/build/web.log
    (cd "$pages" && npm ci) >"$log" 2>&1 || web_failed
}

# A node from elsewhere brings its own npm, which conflicts with Debian's package: so a package is
# installed only when its command is missing.
web_node() {
    missing=''
    command -v node >/dev/null || missing=nodejs
    command -v npm >/dev/null || missing="$missing npm"
    missing=${missing# }
    [ -z "$missing" ] || packages_fetch
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] ||
        die "the pages need node 18 or later, and $(command -v node) is $(node --version)."
}

web_failed() {
    die_when_full "$root" "$log"
    show_end 30 "$log"
    die "the pages could not be built; the log is in $log."
}
