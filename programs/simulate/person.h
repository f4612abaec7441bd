/* SPDX-License-Identifier: Apache-2.0 */
/* person.h: one of the people of a simulated hall, as a process of its own: it takes jobs from the
 * driver, asks the services over ZeroMQ and sends back the results. Many jobs are under way at
 * once, as with many clerks of one kind.
 *
 * A service that does not answer is asked again under the same id, so one that is killed costs time
 * and nothing else. */
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

/* A job under way. */
struct work {
    struct person *person;
    struct plan plan;
    struct result result;
    struct ask ask; /* as it was asked last, to ask again; its message lives in `arena` */
    struct arena *arena;
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

/* Run until the driver hangs up. Returns the exit code. */
int person_run(const struct config *, int link, const struct plan_order *);

#endif
