#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is shipped: the programs are built to be hard to exploit, and the list of what they are made of is complete. Speaks TAP.
set -u

root=$(dirname -- "$(realpath -- "$0")")/../..
place=$(mktemp -d /tmp/onedoor-shipped.XXXXXX)
trap 'rm -rf "$place" "$place.out"' EXIT
programs=$(ls "$ONEDOOR_BIN"/onedoor-*)
# shellcheck source=tests/system/tap.sh
. "$(dirname -- "$0")/tap.sh"

# each WORD READELF_OPTION: every program has the word there.
each() {
    for program in $programs; do
        readelf -W "$2" "$program" | grep -qE "$1" || echo "$program: readelf $2 shows no $1"
    done >"$place/lacking"
    cat "$place/lacking"
    [ ! -s "$place/lacking" ] && [ -n "$programs" ]
}

a_program_lies_at_an_address_of_chance() {
    each 'Type: +DYN' -h
}

its_tables_are_read_only_before_it_starts() {
    each 'GNU_RELRO' -l && each 'Flags:.* NOW' -d
}

its_stack_is_not_executable_and_is_watched() {
    each 'GNU_STACK .* RW ' -l && each '__stack_chk_fail' --dyn-syms
}

calls_of_the_c_library_check_their_sizes() {
    each '__[a-z]+_chk' --dyn-syms
}

# The compiler writes down with what options it translated each file.
every_file_is_translated_with_the_options() {
    for program in $programs; do
        readelf --debug-dump=info --dwarf-depth=1 "$program" 2>/dev/null | grep -E 'DW_AT_producer' >"$place/files"
        grep -q . "$place/files" || echo "$program says nothing"
        for option in -fstack-protector-strong -fstack-clash-protection $(uname -m | sed -n 's/^x86_64$/-fcf-protection=full/p'); do
            grep -vF -e "$option" "$place/files" | grep -vE 'GNU (AS|C11|C89)' | sed "s|^|$program without $option: |"
        done
    done >"$place/lacking"
    cat "$place/lacking"
    [ ! -s "$place/lacking" ]
}

# ---- the list

list() {
    [ ! -s "$place/list" ] || return 0
    "$root/onedoor" sbom >"$place/sbom.json" && node -e '
        const sbom = JSON.parse(require("fs").readFileSync(0, "utf8"))
        if (sbom.bomFormat !== "CycloneDX" || sbom.specVersion !== "1.5") process.exit(1)
        for (const c of sbom.components) {
            if (!c.version || !c.purl || (c.purl.startsWith("pkg:npm/") && !/^[0-9a-f]{128}$/.test(c.hashes[0].content))) process.exit(1)
            console.log(c.scope ?? "required", c.name, c.version)
        }' <"$place/sbom.json" >"$place/list"
}

the_list_is_cyclonedx_and_the_same_each_time() {
    list && "$root/onedoor" sbom | cmp - "$place/sbom.json"
}

# Each library that a program names is of a package on the list; libc stands for all that the libraries bring.
it_has_every_library_that_the_programs_load() {
    list || return 1
    for program in $programs; do readelf -dW "$program"; done | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u >"$place/needed"
    grep -q '^libzmq' "$place/needed" || return 1
    sed 's,^,*-linux-gnu/,' "$place/needed" | xargs dpkg-query -S | sed 's/:.*//' | sort -u >"$place/packages"
    grep -q '^libzmq5$' "$place/packages" || return 1
    while read -r package; do
        grep -q "^required $package " "$place/list" || echo "$package is not on the list"
    done <"$place/packages" >"$place/lacking"
    cat "$place/lacking"
    [ ! -s "$place/lacking" ] && grep -q '^required postgresql-15 15\.' "$place/list"
}

it_has_the_packages_of_the_pages_as_they_are_pinned() {
    list || return 1
    node -p 'const { dependencies, devDependencies } = require(process.argv[1])
        ;[...Object.entries(dependencies).map((d) => ["required", ...d]), ...Object.entries(devDependencies).map((d) => ["excluded", ...d])]
            .map((words) => words.join(" ")).join("\n")' "$root/web/package.json" >"$place/pinned"
    grep -q '^required vue 3' "$place/pinned" && ! grep -vxF -f "$place/list" "$place/pinned"
}

it a_program_lies_at_an_address_of_chance
it its_tables_are_read_only_before_it_starts
it its_stack_is_not_executable_and_is_watched
it calls_of_the_c_library_check_their_sizes
it every_file_is_translated_with_the_options
it the_list_is_cyclonedx_and_the_same_each_time
it it_has_every_library_that_the_programs_load
it it_has_the_packages_of_the_pages_as_they_are_pinned
told_all
