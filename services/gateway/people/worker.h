/* SPDX-License-Identifier: Apache-2.0 */
/* worker.h: the register's thread: it does jobs in the order in which they were submitted, and
 * hands them back to the loop. */
#ifndef GATEWAY_WORKER_H
#define GATEWAY_WORKER_H

#include <stdbool.h>

#include "services/gateway/people/job.h"

struct worker;

/* Its queue holds at most `most` jobs that are not urgent. The register belongs to the thread from
 * now on. */
struct worker *worker_new(struct people *, int most);
/* Finishes the job in hand. Jobs not begun or not handed back are dropped; their `done` is not
 * called. */
void worker_free(struct worker **);

/* False when the queue is full. The job stays the caller's, and must live until it is done. */
bool worker_submit(struct worker *, struct job *);

/* Readable when a job is finished. */
int worker_fd(const struct worker *);
/* Calls `done` of every finished job. */
void worker_turn(struct worker *);

#endif
