/* SPDX-License-Identifier: Apache-2.0 */
/* worker.h: a thread of the register: it does jobs in the order in which they were submitted, and
 * hands them back to the loop. There are two, so that no number of passwords to be hashed holds up
 * the look-up of a session. */
#ifndef GATEWAY_WORKER_H
#define GATEWAY_WORKER_H

#include <stdbool.h>

#include "common/base/config.h"
#include "services/gateway/people/job.h"

struct worker;

enum worker_kind {
    WORKER_ROWS,      /* reads and writes rows */
    WORKER_PASSWORDS, /* hashes passwords besides, which is slow */
    WORKERS
};

/* Its queue holds at most `most` jobs that are not urgent, of which at most `share` are of one
 * address. It has a connection to the database of its own. */
struct worker *worker_new(const struct config *, int most, int share);
/* Finishes the job in hand. Jobs not begun or not handed back are dropped; their `done` is not
 * called. */
void worker_free(struct worker **);

/* False when the queue, or its address's share of it, is full. The job stays the caller's, and must
 * live until it is done. */
bool worker_submit(struct worker *, struct job *);

/* Readable when a job is finished. */
int worker_fd(const struct worker *);
/* Calls `done` of every finished job. */
void worker_turn(struct worker *);

#endif
