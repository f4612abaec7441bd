#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# messages.sh PROTO...: the list of all messages in these files, in C (fuzz_messages).
set -eu
for file in "$@"; do
    name=${file##*/}
    printf '#include "onedoor/%s.pb-c.h"\n' "${name%.proto}"
done
printf '#include "tests/fuzz/fuzz.h"\n\nconst ProtobufCMessageDescriptor *const fuzz_messages[] = {\n'
for file in "$@"; do
    package=$(sed -n 's/^package \(.*\);$/\1/p' "$file" | sed 's/\./__/g')
    # CaseDenied is called case_denied in C.
    sed -n 's/^message \([A-Za-z]*\) .*/\1/p' "$file" | sed -E 's/([a-z])([A-Z])/\1_\2/g' | tr '[:upper:]' '[:lower:]' |
        sed "s/.*/    \&${package}__&__descriptor,/"
done
printf '    NULL};\n'
