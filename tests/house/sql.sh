#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sql.sh: SQL is told the business time, and is never glued from values.
set -u
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

clock='(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday) *\( *\)|current_(date|time|timestamp)|localtimestamp'

present "SQL in C" "$(grep -rlE --include='*.c' '"select ' services programs)"
# A literal reaches from quote to quote on one line; the longer ones are written as several.
# Where the clocks themselves are compared, it is asked.
holds "no SQL in C asks the database what time it is" \
    "$(grep -rniE --include='*.[ch]' "\"[^\"]*($clock)" services common programs | grep -vE '^(common/postgres/pgstore|programs/verify/instants)\.c:.*clock_timestamp')"
holds "no SQL of a service's schema asks what time it is" "$(grep -rniE --include='*.sql' "$clock" db/deploy/*/ db/common db/reference)"

# Statements are joined to one line each, so that a call broken over several lines is seen whole. The one place that makes SQL out
# of names (common/postgres/pgsql.c) makes it from the table descriptions, which are constants.
holds "no SQL is printed or pasted together outside the store" "$(find services common programs -name '*.c' ! -path common/postgres/pgsql.c | sort |
    while read -r file; do
        awk -v file="$file" 'BEGIN { RS = ";" } {
            lines += gsub(/\n/, " ")
            text = tolower($0)
            if (text ~ /(printf|strcat|strncat|strcpy|stpcpy|fputs) *\(.*"[^"]*(select .* from |insert into |update [^ ]+ set |delete from )/)
                print file ": before line " lines + 1
        }' "$file"
    done)"
exit "$failed"
