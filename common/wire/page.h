/* SPDX-License-Identifier: Apache-2.0 */
/* page.h: the reply to a Fetch, read in place in its frame. A follower receives every event of a
 * hall, so a page is walked instead of decoded, and its texts and payloads are copied once. Pure.
 */
#ifndef COMMON_PAGE_H
#define COMMON_PAGE_H

#include <stdbool.h>

#include "common/wire/event.h"
#include "common/wire/mark.h"
#include "onedoor/envelope.pb-c.h"

struct page {
    size_t n; /* events */
    int32_t epoch;
    int64_t head_seq;       /* of the journal */
    bool more;              /* another page follows in answer to the same request */
    int64_t from_seq;       /* when the last events were asked for: the event before them ... */
    struct bytes from_hash; /* ... and its hash, in the frame; empty at the beginning */
    struct marks heard;     /* how far the owner had heard at head_seq; empty: it does not say */
    uint32_t heard_version; /* of that */
};

/* Reads a FetchReply and its events, whose texts and payloads are copied to the arena. False when
 * it is malformed, has more than `most` events, or exceeds the arena's budget. */
bool page_read(struct page *, struct bytes packed, struct event *events, size_t most,
               struct arena *);

#endif
