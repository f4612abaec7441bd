/* SPDX-License-Identifier: Apache-2.0 */
/* feed.h: the owner's side of a followed journal. Recent events are kept in a ring; older ones are
 * read from the table; a follower that has everything is held until there is more or its wait is
 * over. Replay and live are one path. What cannot be answered truthfully is an error, never an
 * empty page: OUT_OF_RETENTION, LOG_REWOUND. */
#ifndef COMMON_FEED_H
#define COMMON_FEED_H

#include "common/bus/bus.h"
#include "common/service/engine.h"

struct feed;

struct feed *feed_new(const struct config *, struct engine *);
void feed_free(struct feed **);

/* New durable events, in order. */
void feed_append(struct feed *, const struct event *, size_t n);
/* Forget the ring: after a reconnect the table is the truth. */
void feed_reset(struct feed *);

/* Answer a fetch now, or hold it. One with a from_seq below 0 is told where the last events begin.
 * `from` is the asker's routing id (copied when held). Uses the store of the engine for what the
 * ring has not; null store: unavailable. */
void feed_fetch(struct feed *, struct mailbox *box, zmq_msg_t *from, const struct request *,
                const Onedoor__Fetch *, struct arena *);

/* After new events, and now and then: answer what is held and can be answered or has waited long
 * enough. */
void feed_answer(struct feed *, struct mailbox *box, struct arena *);
/* Milliseconds until the next held request must be answered; -1: none is held. */
int feed_wait_ms(const struct feed *);

#endif
