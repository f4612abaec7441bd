/* SPDX-License-Identifier: Apache-2.0 */
/* feed.h: the owner's side of a followed journal. The last events are kept in memory; older ones
 * are read from the table. A follower that has everything is answered when there is more or its
 * wait is over. Replay and live are one path. A request that cannot be answered truthfully gets an
 * error, never an empty page: OUT_OF_RETENTION, LOG_REWOUND.
 *
 * A page is made in memory of its own, and after some MiB the others are to ask again:
 * however much is asked for, a turn's memory and time are bounded. */
#ifndef COMMON_FEED_H
#define COMMON_FEED_H

#include "common/bus/mailbox.h"
#include "common/service/engine.h"

struct feed;

struct feed *feed_new(const struct config *, struct engine *);
void feed_free(struct feed **);

/* New durable events, in order. */
void feed_append(struct feed *, const struct event *, size_t n);
/* Forget the events kept in memory: after a reconnect the table alone is right. */
void feed_reset(struct feed *);

/* Answer a fetch now, or hold it. One with a from_seq below 0 is told where the last events begin.
 * `from` is copied when held. While the engine is closed, what is not in
 * memory is UNAVAILABLE. */
void feed_fetch(struct feed *, struct mailbox *box, struct sender *from, const struct request *,
                const Onedoor__Fetch *);

/* Call it once a turn, in every state of the loop: held requests are answered when there is more,
 * when their wait is over, or when this service has heard more and they ask for that. The empty
 * page needs no database. */
void feed_answer(struct feed *, struct mailbox *box);
/* Milliseconds until the next held request must be answered; INT64_MAX: none is held. */
int64_t feed_wait_ms(const struct feed *, int64_t now_ms);

#endif
