#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# schemathesis.sh [ROLE...]: asks the API of a hall of its own whatever its description allows, and what it
# does not, as each person of the demonstration (or as those named) and as nobody; no answer may be a failure
# or other than described. It takes minutes and, the first time, the network: schemathesis is installed in a
# virtual environment in build/.
#
#   tests/security/schemathesis.sh            all; ONEDOOR_BIN: the folder of the programs
#   tests/security/schemathesis.sh clerk ""   one of them, and nobody
set -eu
cd -- "$(dirname -- "$(realpath -- "$0")")/../.."
: "${ONEDOOR_BIN:=$PWD/build/release/bin}"
: "${SCHEMATHESIS_EXAMPLES:=20}"
export ONEDOOR_BIN
version=4.32.5
tools=$PWD/build/schemathesis

[ -x "$tools/bin/schemathesis" ] || {
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet "schemathesis==$version"
}

ONEDOOR_HOME=$(mktemp -d /tmp/onedoor-schemathesis.XXXXXX)
export ONEDOOR_HOME ONEDOOR_BUS='ipc://{home}/run/{service}-{lane}' ONEDOOR_PORT=0 ONEDOOR_RATE_PER_SECOND=0
export ONEDOOR_GUESSES_ADDRESS_HOUR=0 ONEDOOR_GUESSES_CASE_HOUR=0 ONEDOOR_SIGN_IN_FAILURES=100 ONEDOOR_ADDRESS_FAILURES=100000
trap './onedoor reset --yes >/dev/null 2>&1 || true' EXIT
./onedoor up --demo >/dev/null
hall=$(cat "$ONEDOOR_HOME/run/gateway.address")

# What each may call: a session ends when its own account is played with, so those are left out, but for nobody.
own='^/(session|sessions|people|tokens)'

# asks NAME: as this person, by his session; "" as nobody.
asks() {
    set -- "$1" --header "Accept-Language: en"
    if [ -n "$1" ]; then
        password=$(python3 -c 'import json,sys; print(next(p["password"] for p in json.load(open(sys.argv[1])) if p["name"]==sys.argv[2]))' \
            "$ONEDOOR_HOME/demo-users.json" "$1")
        session=$(python3 - "$hall" "$1" "$password" <<'P'
import json, sys, urllib.request
hall, name, password = sys.argv[1:]
body = json.dumps({"name": name, "password": password}).encode()
answer = urllib.request.urlopen(urllib.request.Request(f"{hall}/api/v1/session", body, {"Content-Type": "application/json"}))
cookies = [c.split(";")[0] for c in answer.headers.get_all("Set-Cookie")]
print("; ".join(cookies), json.load(answer)["csrfToken"], sep="\t")
P
)
        tab=$(printf '\t')
        set -- "$@" --header "Cookie: ${session%%"$tab"*}" --header "X-CSRF-Token: ${session#*"$tab"}" --exclude-path-regex "$own"
    fi
    name=$1
    shift
    echo "== ${name:-nobody}"
    cd "$ONEDOOR_HOME" # it leaves a folder of its own
    "$tools/bin/schemathesis" run "$hall/api/v1/openapi.json" "$@" \
        --phases examples,coverage,fuzzing --max-examples "$SCHEMATHESIS_EXAMPLES" --seed 1 --workers 1 --generation-database none \
        --exclude-path /events --checks all --exclude-checks positive_data_acceptance,ignored_auth \
        --no-color >"$ONEDOOR_HOME/said" 2>&1 || {
        tail -n 200 "$ONEDOOR_HOME/said"
        failed=1
    }
    cd "$OLDPWD"
}

failed=0
[ $# -gt 0 ] || set -- '' clerk approver lead cashier supervisor complaints manager head reader administrator city kiosk
for person; do
    asks "$person"
done
exit $failed
