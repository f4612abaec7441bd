# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # root, home, hall, roles are set elsewhere
# users.sh: whom the services run as. Each program reads the keys and the password in keys/<program>/, which nobody else
# does. A hall that root starts gives each service, and the gateway, a user of its own: onedoor-<service> where there is
# one (systemd/onedoor.conf), else a number that belongs to nobody. The services start as root and become the owners of
# their folders. They share a group, in whose folders they find each other's sockets and the database's.
#
# A hall that somebody else starts runs as him, and so does one that the users could not go to, in /root say.

# users_choose: sets $group and $user_of_<service>, empty for one user. ONEDOOR_UIDS is the first of the numbers, which
# follow from the hall's path unless it is set; systemd keeps 61184 to 65519 for services without an entry in passwd.
users_choose() {
    group=''
    chmod 711 "$home/keys" # a restored hall's are for one alone
    chmod 644 "$home/keys/peers"
    is_root || return 0
    next=${ONEDOOR_UIDS:-$((61184 + $(printf %s "$home" | cksum | cut -d' ' -f1) % 540 * 8))}
    group=$next
    ! getent group onedoor >/dev/null || group=$(getent group onedoor | cut -d: -f3)
    for service in $roles; do
        next=$((next + 1))
        eval "user_of_$service=$(id -u "onedoor-$service" 2>/dev/null || echo $next)"
    done
    users_reach || group=''
}

users_reach() {
    (cd / && setpriv --reuid="$user_of_gateway" --regid="$group" --clear-groups test -r "$hall/keys/peers") 2>/dev/null
}

# users_give: what is whose. Files that root has just written are given to their readers too.
users_give() {
    is_root || return 0
    for service in $roles; do
        eval "user=\$user_of_$service"
        [ -n "$group" ] || user=0
        chown -R "$user:${group:-0}" "$home/keys/$service"
    done
    chown "0:${group:-0}" "$home/run"
    chmod "$([ -n "$group" ] && echo 1770 || echo 700)" "$home/run"
}

# Sockets that a killed service of another user left would be in the way: the folder is sticky.
users_clear() {
    find "$home/run" -maxdepth 1 -type s -delete
}

users_line() {
    owner=$(stat -c %U "$home/keys/intake" 2>/dev/null) || return 0
    if [ "$owner" = root ]; then
        say "  users        one for all: root, since no other can go to $home"
    elif [ "$owner" = "$(stat -c %U "$home/keys")" ]; then
        say "  users        one for all: $owner"
    else
        say "  users        one a service: $(for service in $roles; do
            stat -c "$service %U %u" "$home/keys/$service"
        done | awk '{ list = list ", " $1 " " ($2 == "UNKNOWN" ? $3 : $2) } END { print substr(list, 3) }')"
    fi
}
