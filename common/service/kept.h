/* SPDX-License-Identifier: Apache-2.0 */
/* kept.h: the last events of the own journal, in memory: a bounded number of them, of bounded size
 * together. Older ones are in the table. */
#ifndef COMMON_KEPT_H
#define COMMON_KEPT_H

#include "common/base/ring.h"
#include "common/wire/event.h"

struct kept {
    struct ring ring; /* of pointers to what was allocated for each event, numbered by seq */
    size_t bytes, most_bytes;
};

void kept_init(struct kept *, size_t most_events, size_t most_bytes);
void kept_release(struct kept *);

/* A copy of the next event; the oldest are dropped to make room. */
void kept_append(struct kept *, const struct event *);
/* Drop all of them. */
void kept_clear(struct kept *);

/* The event with this number, or null. It is valid until the next append. */
const struct event *kept_find(const struct kept *, int64_t seq);

#endif
