/* SPDX-License-Identifier: Apache-2.0 */
/* outgoing.h: a page of a journal on its way to a follower. Pure. */
#ifndef COMMON_OUTGOING_H
#define COMMON_OUTGOING_H

#include <stdbool.h>

#include "common/wire/event.h"
#include "onedoor/envelope.pb-c.h"

enum { OUTGOING_EVENTS_MAX = 1024 };

/* All zero is an empty one. */
struct outgoing {
    Onedoor__Event *events[OUTGOING_EVENTS_MAX];
    size_t n, bytes;
    int64_t end_seq; /* the last event that the follower has after it */
    bool more;       /* another page follows in answer to the same request */
};

/* What the follower takes: 1 to OUTGOING_EVENTS_MAX events; bytes, which one event may exceed. */
struct outgoing_most {
    uint32_t events, bytes;
};

/* Adds an event, whose texts are borrowed. False, and nothing added, when the page is full. */
bool outgoing_put(struct outgoing *, const struct event *, const struct outgoing_most *,
                  struct arena *);

#endif
