/* SPDX-License-Identifier: Apache-2.0 */
/* person.h: one of the people of a simulated hall, as a process of its own: takes jobs from the
 * driver, asks the services over ZeroMQ, tells what they answered. Many jobs are under way at once,
 * as with many clerks of one kind.
 *
 * A service that does not answer is waited for, and asked again under the same id: so a killed one
 * costs time and nothing else. */
#ifndef SIMULATE_PERSON_H
#define SIMULATE_PERSON_H

#include "common/bus/client.h"
#include "programs/simulate/job.h"

struct person {
    int link; /* the driver, at the other end of a SOCK_SEQPACKET pair */
    struct client *client;
    struct catalogue catalogue;
    struct plan_order order;
};

/* One job under way. */
struct errand {
    struct person *person;
    struct plan plan;
    struct told told;
    struct ask ask; /* as it was asked last, to ask again; its message lives in `arena` */
    struct arena *arena;
    int repeats;
    void (*take)(struct errand *, const void *reply);
};

/* Ask for the errand; `take` sees a good answer and may ask again, for the next part of the same
 * job. */
void errand_ask(struct errand *, void (*take)(struct errand *, const void *reply));

/* Tell the driver how it ended, and forget it. */
void errand_end(struct errand *);

/* Begin a job: puts the question into words (desks.c). */
void errand_begin(struct errand *);

/* Run until the driver hangs up. Returns the process's exit status. */
int person_run(const struct config *, int link, const struct plan_order *);

#endif
