/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h: the corridor between core and store, without sockets: a bounded batch of commands,
 * events and a tick is loaded for, decided in order of arrival, and saved in one transaction.
 *
 * The cost of a commit is shared by everyone in the batch, the number of statements does not grow
 * with it, and nobody hears of what is not durable. A batch that the database refuses is run again
 * in halves, so that only the work that cannot be saved is answered with an error (a command) or
 * parked (an event). The same code runs in a service process and in the hall in memory. */
#ifndef COMMON_BATCH_H
#define COMMON_BATCH_H

#include "common/base/config.h"
#include "common/rows/declare.h"
#include "common/rows/store.h"
#include "common/wire/edge.h"
#include "common/wire/event.h"

enum { FOLLOWS_MAX = 8, HELD_MAX = 4096 };

enum item_kind { ITEM_COMMAND, ITEM_EVENT, ITEM_RETRY, ITEM_TICK };

/* One thing to do. */
struct item {
    enum item_kind kind;
    /* a command: past the edge */
    struct request request;
    unsigned char digest[32];
    const struct route *route;
    const void *message;
    struct bytes reply; /* set when it has been decided and saved: to be spoken */
    void *origin;       /* who asked; the caller's business */
    /* an event of the follow with this index; a retry is one that was parked before */
    int follow;
    struct event event;
    const struct hearing *hearing; /* null: passed over */
    bool poison;                   /* its effect could not be saved: park it */
};

struct tally {
    int64_t batches, commands, repeats, refusals, events, parked, said, saved_rows, halved;
    int64_t largest_batch;
};

struct engine {
    const struct service *service;
    const struct config *config;
    struct store *store;
    int16_t centre;
    void *memory; /* what service->open made */
    struct arena *memory_arena;
    struct position head; /* of its own journal */
    int64_t last_ms;      /* business time never runs backwards in a journal */
    int n_follows;
    struct position cursors[FOLLOWS_MAX];
    int64_t wake_ms;        /* when tick wants to run; INT64_MAX = never */
    int64_t ticked_ms;      /* up to which due work is done */
    int64_t held[HELD_MAX]; /* cases with parked events: their later events park too */
    size_t n_held;
    struct tally tally;
    /* told what became durable, in order */
    void (*spoken)(void *context, const struct event *, size_t n);
    void *context;
};

/* Read head, cursors, parked cases and the service's memory from the store. Call again after a lost
 * connection. */
MUST_USE enum status engine_open(struct engine *, const struct service *, struct store *,
                                 const struct config *);
void engine_close(struct engine *);

/* The route of a request, checked to the last thing that can be known without rows; fills the item.
 */
struct outcome engine_admit(const struct service *, const struct request *, struct arena *,
                            struct item *);

/* Fill an item from a followed event. */
void engine_hear(const struct engine *, int follow, const struct event *, struct item *);

/* Run a batch at business time now_ms. OK: every command has its reply. Anything else: nothing of
 * it is known to be saved (STATUS_LOST: unknown); re-open. */
MUST_USE enum status engine_run(struct engine *, struct item *, size_t n, int64_t now_ms,
                                struct arena *);

/* Try the parked events of a case again, in order, in one batch: OK also when some are still
 * refused (they stay parked). */
MUST_USE enum status engine_retry(struct engine *, int64_t case_number, int64_t now_ms,
                                  struct arena *);

#endif
