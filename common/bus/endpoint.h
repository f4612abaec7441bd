/* SPDX-License-Identifier: Apache-2.0 */
/* endpoint.h: one lane of one service as a client sees it: a link, and the requests that are to
 * be sent over it. */
#ifndef COMMON_ENDPOINT_H
#define COMMON_ENDPOINT_H

#include <sys/queue.h>

#include "common/base/hash.h"
#include "common/bus/ask.h"
#include "common/bus/link.h"

enum pending_state {
    PENDING_QUEUED, /* endpoint_send sends it next */
    PENDING_SENT,   /* or refused by a full socket: to be repeated at repeat_ms */
};

/* A request without an answer so far. Its envelope is packed once, so that the same key is the same
 * request, all but the time that remains: each try appends it, as fields may come in any order. */
struct pending {
    struct hash_link link;            /* by its id */
    TAILQ_ENTRY(pending) outstanding; /* of its client, in the order they were asked */
    STAILQ_ENTRY(pending) queued;     /* of its endpoint */
    enum pending_state state;
    int tries; /* sent so often, without what was answered with BUSY */
    struct ask ask;
    struct endpoint *endpoint;
    int64_t began_us, deadline_ms, repeat_ms; /* monotonic */
    size_t size;
    unsigned char envelope[];
};

STAILQ_HEAD(pending_queue, pending);

struct endpoint {
    char service[16];
    enum lane lane;
    struct link link;
    struct pending_queue queue;
    bool full;       /* refused a frame: not tried again before the client's next look at repeats */
    int outstanding; /* requests asked here */
};

/* Queues a new request, under a new id when the ask has none. The arena is scratch and is reset.
 * Free the request with free() once it is out of the queue. */
struct pending *endpoint_add(struct endpoint *, const struct ask *, struct arena *scratch);

/* Panics when the service cannot be connected to (no key on the list of peers, a bad address). */
void endpoint_open(struct endpoint *, struct bus *, const char *service, size_t length, enum lane);

void endpoint_queue(struct endpoint *, struct pending *);

/* Sends as much of the queue as a frame holds; the bundle is scratch. For a full socket nothing is
 * packed, as thousands may wait for a service that is down. Gives when to repeat what was taken
 * from the queue. */
int64_t endpoint_send(struct endpoint *, struct bundle *, int64_t now_ms);

/* Whether it is this lane of the service. */
bool endpoint_is(const struct endpoint *, const char *service, size_t length, enum lane);

#endif
