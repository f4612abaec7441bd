/* SPDX-License-Identifier: Apache-2.0 */
/* worker.h: the one thread beside the loop: it does deeds, in order, and hands them back. */
#ifndef GATEWAY_WORKER_H
#define GATEWAY_WORKER_H

#include <stdbool.h>

#include "services/gateway/caller/deed.h"

struct job {
    struct job *next;           /* private */
    people_deed *work;          /* done on the thread */
    void (*done)(struct job *); /* then called from worker_turn, on the loop */
    void *context;
    bool urgent; /* taken however many wait: a connection asks once who its caller is */
    struct deed deed;
};

struct worker;

/* Holds at most `most` jobs not yet begun, and the urgent ones. The people are the thread's own
 * from now on. */
struct worker *worker_new(struct people *, int most);
/* Ends after the job in hand; what was not begun or not taken back is forgotten, `done` is not
 * called. */
void worker_free(struct worker **);

/* False when there are too many already. The job stays the giver's, and must live until it is done.
 */
bool worker_give(struct worker *, struct job *);

/* To poll for reading: something is done. */
int worker_fd(const struct worker *);
/* Calls `done` of everything that is. True when there was something. */
bool worker_turn(struct worker *);

#endif
