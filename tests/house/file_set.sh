#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# file_set.sh: every service has the same files, and each holds what its name says (docs/MAP.md).
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

set='rows.h store.c moves.c commands.c hears.c queries.c say.c service.c main.c'

# What a service does without, and why.
exceptions='
reporting moves.c: it keeps the states that others say, and moves nothing itself
reporting commands.c: it follows the journals of the others, and takes no commands
'
excepted() {
    printf '%s\n' "$exceptions" | grep -q "^$1 $2: "
}

present "service" "$services"
holds "each service has each file of the set" "$(for service in $services; do
    for file in $set "$service.h"; do
        [ -f "services/$service/$file" ] || excepted "$service" "$file" || echo "services/$service/$file"
    done
done)"
holds "no file is excepted that is there" "$(printf '%s\n' "$exceptions" | sed -nE 's/^([a-z]+) ([a-z.]+): .*/services\/\1\/\2/p' |
    while read -r file; do [ ! -f "$file" ] || echo "$file"; done)"

files=$(for service in $services; do find "services/$service" -name '*.[ch]' | sort; done)
# among PATTERN NAME: where the pattern stands in the services' C files, other than in the one of this name.
among() {
    # shellcheck disable=SC2086 # file names of ours have no spaces
    grep -nE "$1" $files | grep '\.c:' | grep -v "/$2:" || true
}
holds "a table of rules between fields stands in checks.c" "$(among '^const struct check ' checks.c)"
holds "rows are made into messages in say.c" "$(among '^[A-Za-z].*[ *](intake|routing|charging|supervision|reporting)_[a-z]+_message\(' say.c)"
holds "a table of commands stands in commands.c" "$(among '^const struct route ' commands.c)"
holds "a table of queries stands in queries.c" "$(among '^const struct query ' queries.c)"
holds "what a service follows stands in hears.c" "$(among '^const struct follow ' hears.c)"
holds "a table of moves stands in moves.c" "$(among '^(static )?const struct moves? ' moves.c | grep '= {$' || true)"
holds "only a handler that publishes changes the turn's memory, by turn_remember" "$(among 'turn->memory = ' none)"

# SQL begins with a clause in quotes that a reader is given.
holds "only queries.c and the files that queries.h names read by SQL" "$(among '"(from|where|select) [a-z]' queries.c | cut -d: -f1 | sort -u |
    while read -r file; do
        grep -qs "/\* ${file##*/}" "$(dirname "$file")/queries.h" || echo "$file"
    done)"
holds "no file is the inside of another" "$(git ls-files -co --exclude-standard '*_inside.[ch]')"
holds "what a header exports is named after the service or the file" "$(for file in $files; do
    case $file in *.h) ;; *) continue ;; esac
    service=$(basename "$(dirname "$file")")
    grep -HnE '^[A-Za-z][A-Za-z0-9_ *]*[ *][a-z_0-9]+\(.*[;,]$' "$file" | grep -vE "[ *](${service}|$(basename "$file" .h))_[a-z_0-9]+\(" || true
done)"
exit "$failed"
