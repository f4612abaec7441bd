/* SPDX-License-Identifier: Apache-2.0 */
/* visits.h: who waits at which desk of the simulated hall, by its own account: tickets taken,
 * called, passed over, transferred and over. Pure. */
#ifndef SIMULATE_VISITS_H
#define SIMULATE_VISITS_H

#include "programs/simulate/job.h"

/* As the hall is set up (the setting tickets_passed_over). */
enum { PASSED_OVER_MOST = 2 };

/* A ticket, by its number. */
struct visit {
    struct job wanted; /* what he comes for */
    enum visit_way way;
    bool taken, waits, called; /* called: to the desk at which he is */
    int32_t desk, calls, passed;
    char code[TICKET_CODE_ROOM];
};

struct visits_desk {
    int32_t waiting; /* whom it may call: those that it is about to call are not counted */
    int32_t here;    /* the ticket at it; 0: none */
    bool busy;       /* somebody works there */
};

struct visits {
    struct visit *tickets; /* of today */
    int32_t n, room;
    struct visits_desk desks[DESKS_MAX];
    int64_t taken, called, served, gone; /* so far; served: also sent on to another desk */
};

void visits_release(struct visits *);

/* The day is over: who waits is gone. */
void visits_begin_day(struct visits *);

/* The ticket of this number; null: it was given to nobody today. */
struct visit *visits_find(struct visits *, int32_t number);

/* A ticket is taken. False when the number was given out already. */
bool visits_take(struct visits *, int32_t number, const struct visit *);

/* He waits at the desk from now on. */
void visits_wait(struct visits *, struct visit *, int32_t desk);

/* He waits no more, as he gave up or did not come. */
void visits_end(struct visits *, struct visit *);

/* The ticket at the desk is served, if there is one. */
void visits_serve(struct visits *, int32_t desk);

#endif
