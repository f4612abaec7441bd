/* SPDX-License-Identifier: Apache-2.0 */
/* reader_pool.h: the threads that answer queries, each on a read-only connection of its own, in two
 * groups by weight: what reads by key and what a display asks for never waits behind a search.
 *
 * readers.h puts jobs in and takes them out done, in one thread; nothing here knows a socket of the
 * bus. A job has a deadline: at it, its statement is cancelled in PostgreSQL. */
#ifndef COMMON_READER_POOL_H
#define COMMON_READER_POOL_H

#include <stdatomic.h>
#include <sys/queue.h>

#include "common/bus/mailbox.h"
#include "common/rows/declare.h"
#include "common/service/aside.h"
#include "common/service/reach.h"

enum reader_weight { READER_LIGHT, READER_HEAVY, READER_WEIGHTS };

/* More places where the answer to one question goes: its client asked again. */
enum { JOB_ALSO = 4, JOBS_MAX = 1024 };

struct job {
    TAILQ_ENTRY(job) link;    /* the pool's, then the caller's */
    TAILQ_ENTRY(job) running; /* the caller's */
    struct envelope envelope;
    unsigned char id[16];
    enum reader_weight weight;
    int64_t arrived_ms, deadline_ms; /* monotonic */
    struct sender also[JOB_ALSO];
    int n_also;
    /* once it is done: the reply, on the heap; or what it must wait for first (aside.h) */
    struct bytes reply;
    Onedoor__Reason refused; /* 0: it was answered */
    bool waits;
};
TAILQ_HEAD(jobs, job);

struct seal;
struct reader_pool;

/* `reach` answers whether a refusal is final; both it and `generation` are read while the pool
 * lives. Null: a thread cannot be started. */
struct reader_pool *reader_pool_new(const struct service *, const struct config *,
                                    const struct seal *, const atomic_int *generation);
/* Ends the threads; what they were doing is cancelled, and every job is freed. */
void reader_pool_free(struct reader_pool **);

/* How far the service has heard, for the answers from now on. */
void reader_pool_tell(struct reader_pool *, const struct reach *);

/* Takes the job over. False, and nothing taken, when too many of its weight wait. */
bool reader_pool_put(struct reader_pool *, struct job *);
/* A job that is done, or null. */
struct job *reader_pool_take(struct reader_pool *);
/* Readable when one is done. */
int reader_pool_fd(const struct reader_pool *);

/* Frees a job and its envelope. */
void job_free(struct job *);

#endif
