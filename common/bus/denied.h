/* SPDX-License-Identifier: Apache-2.0 */
/* denied.h: who was not let onto the bus, or was shut out, since the start: counted by who and from
 * where. It has a fixed size: what finds no place is counted by its kind alone. Pure. */
#ifndef COMMON_DENIED_H
#define COMMON_DENIED_H

#include "common/bus/peer.h"
#include "onedoor/envelope.pb-c.h"

enum { DENIED_MAX = 32, DENIED_ADDRESS_SIZE = 46 };

struct denied {
    Onedoor__BusDenialKind kind;
    char peer[PEER_NAME_SIZE];         /* "": not on the list */
    char address[DENIED_ADDRESS_SIZE]; /* as libzmq says it; "": not known */
    int64_t times, first_ms, last_ms;  /* ms UTC of the wall clock */
};

struct denied_list {
    int n;
    struct denied entries[DENIED_MAX];
};

void denied_count(struct denied_list *, Onedoor__BusDenialKind, const char *peer,
                  const char *address, int64_t now_ms);

#endif
