/* SPDX-License-Identifier: Apache-2.0 */
/* job.h: one request to the register (people.h). The register's own thread does it (worker.h):
 * passwords are slow to hash and a database is slow to answer, and neither may hold up the loop. */
#ifndef GATEWAY_JOB_H
#define GATEWAY_JOB_H

#include <sys/queue.h>

#include "common/base/arena.h"
#include "common/wire/outcome.h"
#include "services/gateway/caller/caller.h"

enum { ADDRESS_SIZE = 46, JOB_KEY_BYTES = 16 };

struct people;
struct job;

/* Does the job, on the register's thread: fills the outcome, and the reply when that is OK. */
typedef void job_handler(struct job *); /* a function, not a struct: spelt once for the tables */

/* A line for the log, written once the change is saved: "people.added", whom. Null id: none. */
struct job_log {
    const char *id, *what;
};

struct job {
    /* the request: filled by whoever submits it */
    job_handler *handler;
    const ProtobufCMessageDescriptor *reply_type;
    const void *message; /* its memory and the reply's are the arena's */
    struct arena *arena;
    struct caller caller;
    char address[ADDRESS_SIZE];              /* the caller's, as text */
    unsigned char device[SECRET_HASH_BYTES]; /* of the secret in its cookie; zeroes for none */
    unsigned char key[JOB_KEY_BYTES];        /* Idempotency-Key; zeroes for none: see once.h */
    bool urgent; /* taken even when the queue is full: each connection is authenticated once */
    void (*done)(struct job *); /* called from worker_turn, on the loop */
    void *context;

    /* the result: filled by the handler */
    struct outcome outcome;
    ProtobufCMessage *reply;           /* null: Done */
    char secret[SECRET_TEXT_SIZE];     /* a new session's, for the cookie; "" for none */
    char new_device[SECRET_TEXT_SIZE]; /* likewise, of a device first seen */
    int64_t wait_ms;                   /* when refused: try again after this; 0: not said */
    bool signed_out;     /* the cookie is to be dropped, the session's streams are to end */
    bool people_changed; /* callers in the cache may be wrong now */
    struct job_log log;

    /* the worker's own */
    struct people *people;
    STAILQ_ENTRY(job) link;
};

/* An initialised reply in the job's arena. */
#define JOB_REPLY(job, type, prefix)                                                               \
    ({                                                                                             \
        type *reply_ = ARENA_NEW((job)->arena, type);                                              \
        prefix##__init(reply_);                                                                    \
        (job)->reply = &reply_->base;                                                              \
        reply_;                                                                                    \
    })

#endif
