/* SPDX-License-Identifier: Apache-2.0 */
/* turn.h: one batch of work as a handler sees it: the time, the rows, the reference tables, and the
 * events it says.
 *
 * Handlers are pure: rows and a message in, changed rows, events and a reply out. They read no
 * clock and do no input or output. A handler of an event uses the event's time (at_ms), never the
 * turn's, so that a replay of the journals gives the same rows. */
#ifndef COMMON_TURN_H
#define COMMON_TURN_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/trace.h"
#include "common/rows/rows.h"
#include "common/wire/outcome.h"

struct approval;
struct said; /* an event to be written to the journal */

struct turn {
    const struct service *service;
    struct arena *arena;
    const struct seal *seal; /* the hall's keys (sealed.h); null: the service seals nothing */
    const void *memory;      /* what the service's open() made, or turn_remember gave; read only */
    int16_t centre;
    int64_t now_ms;      /* business time, read once a batch */
    int64_t wake_ms;     /* when tick must run next; INT64_MAX: never */
    struct rowset *sets; /* one for each of service->tables, then one for each of the corridor's */
    struct said *said;
    size_t n_said, room_said;
    size_t changes;      /* rows changed and events said; a handler that refuses leaves it alone */
    const char *speaker; /* the actor of the events said now, */
    struct trace trace;  /* and the trace that they belong to; may be none */
    void *kept;          /* what the service's handlers keep for those after them in this turn, in
                            its arena; null at first */
};

/* A command or query whose message has passed the edge (shape, bounds, caller, role). The handler
 * sets the reply, a message in the turn's arena; if it leaves it null, the reply is Done. */
struct call {
    const struct actor *actor;
    const void *message;
    ProtobufCMessage *reply;
    const struct actor *second;   /* who has agreed to it (approval.h); null: nobody */
    const struct approval *asked; /* what the handler asks of a second person */
};

/* An event of another service's journal. */
struct heard {
    const char *stream;
    const char *type;
    int64_t seq;
    int64_t case_number;
    int64_t at_ms;
    const char *actor;
    const void *message;
};

/* Append an event to the journal, in the transaction of the changes. Its type is the message's
 * ("onedoor.intake.CaseAccepted" is written as "intake.CaseAccepted"). The message is packed at
 * once and may be on the stack. */
void turn_say(struct turn *, int64_t case_number, const ProtobufCMessage *);

/* Have tick run at this instant or earlier. 0 is ignored. */
void turn_wake(struct turn *, int64_t at_ms);

/* Give what the service remembers from here on in this turn: a copy in the turn's arena of what it
 * remembered, with the reference rows that the handler has just changed. open() reads the same from
 * the store after the batch, so it does not matter where a batch ends. */
void turn_remember(struct turn *, const void *memory);

/* The next value of a named counter of this service: from 1, without gaps. `need` must have asked
 * for the counter with turn_want_counter. */
void turn_want_counter(struct turn *, const char *name);
int64_t turn_count(struct turn *, const char *name);

/* An initialised reply message in the turn's arena:
 *
 *   Onedoor__Intake__SubmitReply *reply =
 *       TURN_REPLY(turn, call, Onedoor__Intake__SubmitReply, onedoor__intake__submit_reply); */
#define TURN_REPLY(turn, call, type, prefix)                                                       \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((turn)->arena, type);                                             \
        prefix##__init(reply_);                                                                    \
        (call)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
