/* SPDX-License-Identifier: Apache-2.0 */
/* follower.h: the reading side of a journal: one DEALER, one outstanding request (which is the
 * credit), pages verified event by event before anybody sees them. The next page is asked for while
 * the last is being worked on, or waits for more to be worked on together.
 *
 * No follower passes over a gap, and each names the last event's hash when it asks for the next, so
 * that an owner whose journal is another one says so. One that follows from a position also
 * recomputes every hash: its events are acted on, and nobody shall act on what was changed behind
 * the owner's back. One that began at the end does not: it tells people that something happened,
 * who then ask the services what; and to hash what it hears would cost it more than hearing it. */
#ifndef COMMON_FOLLOWER_H
#define COMMON_FOLLOWER_H

#include "common/bus/bus.h"
#include "common/wire/event.h"

struct follower;

/* Follow `stream` from a position. Null (logged) when its owner is unknown. `who` signs the
 * requests. */
struct follower *follower_new(struct bus *, const char *stream, const char *who);
void follower_free(struct follower **);

/* Begin (again) after this position: pages and requests before it are forgotten. The hash chain is
 * checked from here on. */
void follower_seek(struct follower *, const struct position *);
/* Begin `back` (1..1048576) events before the journal's present end, which its owner is asked for.
 * For signs that something happened, on which nothing is done: the hash chain is not checked. */
void follower_seek_end(struct follower *, int64_t back);
/* The last event received, and the journal's end as last heard of; false while the owner has not
 * said yet where to begin. */
bool follower_place(const struct follower *, int64_t *seq, int64_t *head_seq);

/* Send what is to be sent, read what has come. STATUS_REWOUND (logged): the journal is not the one
 * that was followed; an operator must look. */
MUST_USE enum status follower_turn(struct follower *);

/* The events that have come and are not done with; they stay until follower_done. Asking goes on
 * until FOLLOWER_EVENTS could be exceeded: then it is full. */
enum { FOLLOWER_EVENTS = 4096 };
const struct event *follower_events(const struct follower *, size_t *n);
bool follower_full(const struct follower *);
bool follower_behind(const struct follower *); /* there was more than has come */
void follower_done(struct follower *);

void *follower_socket(const struct follower *); /* to poll for reading */

#endif
