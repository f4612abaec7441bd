# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, log are set elsewhere
# clients.sh: fetches into build/clients what the tests of the API's document need: from npm a linter and a generator
# of clients, from PyPI a validator, in the versions that tests/clients names.

clients=$root/tests/clients

clients_tools() {
    folder=$root/build/clients
    if clients_are_current; then
        cp "$clients/typescript/window.ts" "$clients/typescript/lint.mjs" "$clients/typescript/tsconfig.json" "$folder"
        return 0
    fi
    web_node
    note "Fetching what checks the API's document"
    log=$root/build/clients.log
    rm -rf "$folder"
    mkdir -p "$folder"
    cp -R "$clients/typescript/." "$folder"
    {
        (cd "$folder" && npm ci) &&
            /usr/bin/python3 -m venv "$folder/venv" &&
            "$folder/venv/bin/pip" install --disable-pip-version-check --no-deps --require-hashes -r "$clients/requirements.txt" &&
            cat "$clients/typescript/package-lock.json" "$clients/requirements.txt" >"$folder/fetched"
    } >"$log" 2>&1 || clients_failed
}

# What was fetched is what is named now.
clients_are_current() {
    cat "$clients/typescript/package-lock.json" "$clients/requirements.txt" | cmp -s - "$folder/fetched"
}

clients_failed() {
    die_when_full "$root" "$log"
    show_end 30 "$log"
    die "what checks the API's document could not be fetched; the log is in $log."
}
