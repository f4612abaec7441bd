#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# docs.sh: the files, folders and headings that the documentation names exist.
set -u
export LC_ALL=C
# shellcheck source=tests/house/house.sh
. "$(dirname -- "$0")/house.sh"

docs=$(git ls-files -co --exclude-standard -- 'docs/*.md' 'README*.md' CONTRIBUTING.md)
present "documentation" "$docs"
tree=$(git ls-files -co --exclude-standard | while read -r file; do [ ! -e "$file" ] || printf '/%s\n' "$file"; done)

# Folders of a hall and of the build, which no clone has.
elsewhere='^(HOME|build|keys|log|pg|restored|run|var)/'

# Words in backticks that look like paths: with a slash, or the name of a source file. And the tree in the map.
named() {
    for doc in $docs; do
        {
            grep -o '`[^`]*`' "$doc" | tr -d '`' | tr -s ' ' '\n'
            [ "$doc" != docs/MAP.md ] || sed -n '/^```/,/^```/p' "$doc" | grep -oE '(^|[ (])[a-z]+/[a-z/]*' | tr -d ' ('
        } | sed 's,^\./,,' | grep -E '^[A-Za-z0-9_.<>*-]+(/[A-Za-z0-9_.<>*-]*)+$|^[a-z0-9_<>*]+\.(c|h|sh|ts|vue|mjs|proto|tsv|css)$' |
            grep -vE "$elsewhere|^<.*>\$" | sort -u | sed "s,^,$doc ,"
    done
}

# A path may begin anywhere in the tree; a test is named without its .c. <name> and * stand for part of a name.
missing_paths() {
    named | while read -r doc path; do
        pattern=$(printf '%s\n' "${path%/}" | sed -E 's,[.],\\.,g; s,<[a-z]*>|\*,[^/]+,g')
        printf '%s\n' "$tree" | grep -qE "/$pattern(\.c)?(/|\$)" || echo "$doc: $path"
    done
}

headings() {
    grep -E '^#+ ' "$1" | sed -E 's/^#+ //' | tr '[:upper:]' '[:lower:]' | sed -E 's/[^a-z0-9 -]//g; s/ /-/g'
}

missing_links() {
    for doc in $docs; do
        grep -oE '\]\([^)]+\)|src="[^"]+"' "$doc" | sed -E 's/^(\]\(|src=")//; s/[)"]$//' | grep -v '^https\?:' | while read -r link; do
            file=${link%%#*}
            target=$doc
            [ -z "$file" ] || target=$(dirname -- "$doc")/$file
            if [ ! -e "$target" ]; then
                echo "$doc: $link"
            elif [ "$link" != "$file" ]; then
                headings "$target" | grep -qxF -- "${link#*#}" || echo "$doc: $link (no such heading)"
            fi
        done
    done
}

present "paths in backticks" "$(named)"
holds "the paths that the documentation names exist" "$(missing_paths)"
holds "its links lead somewhere" "$(missing_links)"
exit "$failed"
