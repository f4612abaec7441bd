/* SPDX-License-Identifier: Apache-2.0 */
/* page.h: what answers a Fetch, read where it stands in its frame. Who follows hears all that a
 * hall says, so a page is walked and not decoded: only what its events are made of is copied, once.
 * Pure. */
#ifndef COMMON_PAGE_H
#define COMMON_PAGE_H

#include <stdbool.h>

#include "common/wire/event.h"
#include "onedoor/envelope.pb-c.h"

struct page {
    size_t n; /* events */
    int32_t epoch;
    int64_t head_seq;       /* of the journal */
    bool more;              /* another page follows in answer to the same request */
    int64_t from_seq;       /* in answer to one for the last events: the event before them ... */
    struct bytes from_hash; /* ... and its hash, in the frame; empty at the beginning */
};

/* A FetchReply, and its events: their texts and payloads are in the arena. False: it is malformed,
 * has more than `most` events, or needs more than the arena may hold. */
bool page_read(struct page *, struct bytes packed, struct event *events, size_t most,
               struct arena *);

#endif
