/* SPDX-License-Identifier: Apache-2.0 */
/* turn.h: one batch of work, as a handler sees it: the time, the rows, what the service remembers,
 * and what it says.
 *
 * Handlers are pure: rows and message in, changed rows, events and a reply out. They read no clock
 * and do no input or output. A handler of an event must derive state from the event alone (its
 * at_ms, not the turn's time), so that a replay of the journals gives the same rows. */
#ifndef COMMON_TURN_H
#define COMMON_TURN_H

#include <protobuf-c/protobuf-c.h>

#include "common/rows/rows.h"
#include "common/wire/outcome.h"

struct said; /* an event to be written to the journal */

struct turn {
    const struct service *service;
    struct arena *arena;
    const void *memory; /* what the service's open() made, or turn_remember gave; read only */
    int16_t centre;
    int64_t now_ms;      /* business time, read once a batch */
    int64_t wake_ms;     /* earliest instant at which tick wants to run; INT64_MAX = never */
    struct rowset *sets; /* one a table, in the order of service->tables and the corridor's own */
    struct said *said;
    size_t n_said, room_said;
    size_t changes;      /* rows touched, events said: must not move when a handler refuses */
    const char *speaker; /* actor id written beside the events said now */
};

/* One command on its way: the message has passed the edge (shape, bounds, caller, role). The reply
 * is a message in the turn's arena, of the type the route names; left null, the answer is Done. */
struct call {
    const struct actor *actor;
    const void *message;
    ProtobufCMessage *reply;
};

/* One event of another service's journal. */
struct heard {
    const char *stream;
    const char *type;
    int64_t seq;
    int64_t case_number;
    int64_t at_ms;
    const char *actor;
    const void *message;
};

/* Say something: a row of the journal, in the same transaction as the changes. The type follows
 * from the message's descriptor
 * ("onedoor.intake.CaseAccepted" is said as "intake.CaseAccepted"). The message is packed at once
 * and may be on the stack. */
void turn_say(struct turn *, int64_t case_number, const ProtobufCMessage *);

/* Ask to be woken (tick) at or before this instant. 0 asks nothing. */
void turn_wake(struct turn *, int64_t at_ms);

/* Give what the service remembers from here on in this turn: a copy in the turn's arena of what it
 * remembered, with the reference rows that the handler has just changed. open() reads the same from
 * the store after the batch, so it does not matter where a batch ends. */
void turn_remember(struct turn *, const void *memory);

/* The next value of a named counter of this service, from 1, gapless (one writer, same
 * transaction). Its row must have been wanted. */
void turn_want_counter(struct turn *, const char *name);
int64_t turn_count(struct turn *, const char *name);

/* An initialised reply message in the turn's arena:
 *   Onedoor__Intake__SubmitReply *reply = TURN_REPLY(turn, call, Onedoor__Intake__SubmitReply,
 * onedoor__intake__submit_reply); */
#define TURN_REPLY(turn, call, type, prefix)                                                       \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((turn)->arena, type);                                             \
        prefix##__init(reply_);                                                                    \
        (call)->reply = &reply_->base;                                                             \
        reply_;                                                                                    \
    })

#endif
