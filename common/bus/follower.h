/* SPDX-License-Identifier: Apache-2.0 */
/* follower.h: the consumer of a journal: one DEALER with one outstanding request (so the request is
 * the credit). Pages are verified event by event before they are handed out, and the next is
 * fetched while the last is being worked on.
 *
 * No follower skips a gap. Each fetch names the hash of the last event received, so that an owner
 * with another journal notices. A follower from a position also recomputes every hash, because rows
 * are derived from its events, and a journal that was tampered with must not reach them. A follower
 * from the end does not: its events only notify people, who then query the services, and hashing an
 * event would cost more than receiving it. */
#ifndef COMMON_FOLLOWER_H
#define COMMON_FOLLOWER_H

#include "common/bus/link.h"
#include "common/wire/event.h"
#include "common/wire/mark.h"

struct follower;

/* A follower of `stream`; call follower_seek or follower_seek_end next. Null (logged) when its
 * owner is not on the list of peers. `who` is the actor of the requests. */
struct follower *follower_new(struct bus *, const char *stream, const char *who);
void follower_free(struct follower **);

/* Begins (again) after this position, and forgets earlier pages and requests. The hash chain is
 * verified from here on. */
void follower_seek(struct follower *, const struct position *);
/* Begins `back` (1..1048576) events before the journal's present end, which its owner is asked for.
 * The hash chain is not verified. */
void follower_seek_end(struct follower *, int64_t back);
/* The numbers of the last event received and of the journal's end as its owner last said. False
 * until the owner has answered where to begin. */
bool follower_place(const struct follower *, int64_t *seq, int64_t *head_seq);

/* How far the owner had heard when it wrote the last event received; null: it has not said so since
 * the last call. Only a follower from a position is told. */
const struct marks *follower_heard(struct follower *);

/* Sends a request when one is due, and receives. STATUS_REWOUND (logged): this is not the journal
 * that was followed, and an operator must look. */
MUST_USE enum status follower_turn(struct follower *);

/* The events received; they stay until follower_done. Fetching goes on until FOLLOWER_EVENTS could
 * be exceeded. */
enum { FOLLOWER_EVENTS = 4096 };
const struct event *follower_events(const struct follower *, size_t *n);
bool follower_behind(const struct follower *); /* the journal has events not yet received */
void follower_done(struct follower *);

/* For Health. */
const struct link *follower_link(const struct follower *);

/* To poll for reading; null while there is none. */
void *follower_socket(const struct follower *);

#endif
