/* SPDX-License-Identifier: Apache-2.0 */
/* denied.h: who was not let onto the bus, was shut out, lost his key or was refused for his rights,
 * since the start: counted by who, from where and what. It has a fixed size, of which each kind has
 * its share: what finds no place there is counted by its kind alone. An entry to which nothing was
 * added for an hour gives its place up. Pure. */
#ifndef COMMON_DENIED_H
#define COMMON_DENIED_H

#include "common/bus/peer.h"
#include "onedoor/envelope.pb-c.h"

enum { DENIED_KINDS = ONEDOOR__BUS_DENIAL_KIND__BUS_REFUSED, DENIED_EACH = 8 };
enum { DENIED_MAX = DENIED_KINDS * (DENIED_EACH + 1) };
enum { DENIED_ADDRESS_SIZE = 46, DENIED_WHAT_SIZE = 80, DENIED_HELD_MS = 3600000 };

struct denied {
    Onedoor__BusDenialKind kind;
    char peer[PEER_NAME_SIZE];         /* "": not on the list */
    char address[DENIED_ADDRESS_SIZE]; /* as libzmq says it; "": not known */
    char what[DENIED_WHAT_SIZE];       /* "intake.Check by d30"; "": that of the kind */
    int64_t times, first_ms, last_ms;  /* ms UTC of the wall clock */
};

struct denied_list {
    int n;
    struct denied entries[DENIED_MAX];
};

/* Whether they have the same particulars. */
bool denied_is_same(const struct denied *, const struct denied *);

/* Once more, now; its times and instants are set here. */
void denied_count(struct denied_list *, const struct denied *, int64_t now_ms);

#endif
