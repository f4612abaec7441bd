/* SPDX-License-Identifier: Apache-2.0 */
/* work.h: a job under way: its requests, who asks them, and its result. */
#ifndef SIMULATE_WORK_H
#define SIMULATE_WORK_H

#include "common/bus/client.h"
#include "onedoor/intake.pb-c.h"
#include "programs/simulate/job.h"

/* Of whose jobs it is one. */
struct person {
    int link; /* the driver, at the other end of a SOCK_SEQPACKET pair */
    struct client *client;
    struct catalogue catalogue;
    struct plan_order order;
};

/* Somebody of the hall. */
struct person_of {
    const char *post; /* "manager", "head": of no department */
    const char *department;
    int32_t role; /* of the wire */
};

/* A job under way. */
struct work {
    struct person *person;
    struct plan plan;
    struct result result;
    struct ask ask; /* as it was asked last, to ask again; its message lives in `arena` */
    struct arena *arena;
    struct marks seen;       /* of the job */
    struct person_of second; /* who agrees to it; post null: nobody has to */
    const char *service;     /* where he does */
    int repeats;
    void (*take)(struct work *, const void *reply);
};

/* Send its request. `take` gets a good answer and may send another, for the next part of the same
 * job. */
void work_ask(struct work *, void (*take)(struct work *, const void *reply));

/* Send the driver its result, and free it. */
void work_end(struct work *);

/* Begin it: make the message and send it (work_begin.c). */
void work_begin(struct work *);

/* A message of its request, in its arena. */
#define WORK_MESSAGE(work, type, prefix)                                                           \
    ({                                                                                             \
        type *message_ = ARENA_NEW((work)->arena, type);                                           \
        prefix##__init(message_);                                                                  \
        message_;                                                                                  \
    })

/* ---- what is asked (work.c) */

void work_command(struct work *, const ProtobufCMessage *, const ProtobufCMessageDescriptor *reply);
void work_query(struct work *, const ProtobufCMessage *, const ProtobufCMessageDescriptor *reply);

/* For a request whose answer says no more than that it is done. */
void work_take_nothing(struct work *, const void *reply);

/* ---- who asks */

const struct item *work_item(const struct work *);

/* The clerk of the case's item; of a desk; the cashier; a person of a department, or of the city.
 */
void work_at_window(struct work *);
void work_at_desk(struct work *);
void work_at_counter(struct work *);
void work_at_department(struct work *, const char *post, const char *department);

/* ---- one asks, and another agrees (RULE H22) */

/* Send the command; `second` agrees to it. */
void work_ask_two(struct work *, const ProtobufCMessage *, const char *service,
                  struct person_of second);

/* ---- what the window is given */

/* The declared facts: as they are, or `wrong`. Returns how many. */
size_t work_facts(struct work *, bool wrong, Onedoor__FeeFact ***);

/* ---- jobs of tickets (work_visit.c) and of corrections (work_correct.c) */

void work_visit_take(struct work *);
void work_visit_leave(struct work *);
void work_visit_call(struct work *);
void work_visit_call_again(struct work *);
void work_visit_pass_over(struct work *);
void work_visit_transfer(struct work *);
void work_visit_served(struct work *);
void work_correct_amend(struct work *);
void work_correct_take_back(struct work *);
void work_correct_take_delivery_back(struct work *);
void work_correct_waive(struct work *);
void work_correct_refund(struct work *);
void work_correct_extend(struct work *);

#endif
