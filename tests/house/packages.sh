#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# packages.sh BUILD_FOLDER: a bare machine has what the build needs, because scripts/packages.sh names it. A library that
# came with another package here may be missing there: libxlsxwriter's .pc file asks for -lz, and its package for nothing.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"
# shellcheck source=scripts/packages.sh
. scripts/packages.sh

# shellcheck disable=SC2154,SC2086 # set in packages.sh; one word a package
named=$(printf '%s\n' libc6-dev $packages)
linked=$(tr ' ' '\n' <"$1/build.ninja" | grep -xE -e '(-l[a-z0-9+-]+|/usr/.*/lib[a-z0-9+-]+\.so)' | sed -E 's|.*/lib(.*)\.so|-l\1|' | sort -u)
present "linked library" "$linked"
holds "the package of each library that is linked is named" "$(for library in $linked; do
    file=$(cc -print-file-name="lib${library#-l}.so")
    package=$(dpkg-query -S "$(realpath -s "$file")" 2>/dev/null | sed 's/:.*//')
    printf '%s\n' "$named" | grep -qxF "${package:-none}" || echo "$library (${package:-of no package})"
done)"

# The image builds from the same: no tests, and PostgreSQL in a container of its own.
of_image=$(sed -n '/build-essential/,/ && /p' docker/Dockerfile | tr ' ' '\n' | grep -E '^(lib|zlib).*-dev$')
present "package of the image" "$of_image"
holds "the image builds from the same packages" "$({
    printf '%s\n' "$of_image"
    # shellcheck disable=SC2154,SC2086
    printf '%s\n' $packages | grep -E -e '-dev$' | grep -vxF libcmocka-dev
} | sort | uniq -u)"
exit "$failed"
