#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# images.sh: images of others are named by digest.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

named=$({
    sed -nE 's/^ARG BASE=//p; s/^FROM ([^ ]+).*/\1/p' docker/Dockerfile
    sed -nE 's/^ *image: //p' docker/*.yaml
} | grep -vxF -e "\${BASE}" -e onedoor)
present "image" "$named"
holds "each is named by its digest" "$(printf '%s\n' "$named" | grep -vE '^[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$')"
exit "$failed"
