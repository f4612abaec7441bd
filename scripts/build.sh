# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, bin, home, hall, data are set elsewhere
# build.sh: compiles everything into build/<folder>.

# build FOLDER CMAKE_BUILD_TYPE [TARGET...]: all of it when no target is named.
build() {
    [ -z "${ONEDOOR_BIN:-}" ] || return 0
    folder=$root/build/$1
    log=$folder.log
    mkdir -p "$folder"
    if [ ! -f "$folder/build.ninja" ]; then
        note "Building ($2), which takes a minute or two the first time"
        cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE="$2" >"$log" 2>&1 || build_failed
    fi
    shift 2
    ninja -C "$folder" "$@" >"$log" 2>&1 || build_failed
}

build_failed() {
    die_when_full "$root" "$log"
    show_end 30 "$log"
    die "the build failed; its log is in $log."
}
