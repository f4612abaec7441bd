/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h: what a service's only writer keeps in memory between two batches: the end of its
 * journal, its cursors, its reference tables, the cases with parked events. No sockets: the same
 * engine runs in a service process, in the hall in memory and in a replay.
 *
 * Items are filled here, then run by batch.h. */
#ifndef COMMON_ENGINE_H
#define COMMON_ENGINE_H

#include <stdatomic.h>

#include "common/base/config.h"
#include "common/rows/declare.h"
#include "common/rows/store.h"
#include "common/service/reach.h"
#include "common/service/sealing.h"
#include "common/service/walking.h"
#include "common/wire/edge.h"
#include "common/wire/event.h"

enum { REASONS_MAX = 128 };

/* A note is an event of the operator, which the service says as it is given. */
enum item_kind { ITEM_COMMAND, ITEM_EVENT, ITEM_RETRY, ITEM_NOTE, ITEM_TICK };

/* One thing to do in a batch. */
struct item {
    enum item_kind kind;
    struct trace trace;               /* of this item's span; none: nobody traces it */
    unsigned char parent[SPAN_BYTES]; /* the span that led to it */
    /* a command: it has passed the edge */
    struct request request;
    unsigned char digest[32];
    const struct route *route;
    const void *message;
    struct bytes reply;      /* set once it is decided and saved: to be sent */
    Onedoor__Reason refused; /* why it was; 0: it was not, or is a repeat */
    bool early; /* the reply is NOT_YET: it was refused before all was heard of what the
                   caller has seen, and is to be decided again */
    const struct outcome *unless_done; /* why it may not be done now: a repeat still has its reply;
                                          null: it may */
    void *origin;                      /* where the reply goes; the caller's own */
    /* an event of the followed journal with this index; a retry is one that was parked */
    int follow;
    struct event event;
    const struct hearing *hearing; /* null: the service has no handler for it */
    bool poison;                   /* its effect could not be saved: park it */
};

/* Counted since the start, for Health; `parked` is how many events are parked now. */
struct tally {
    int64_t batches, commands, repeats, refusals, events, parked, said, saved_rows, halved;
    int64_t largest_batch;
    int64_t refused[REASONS_MAX]; /* commands, by Reason; also those refused before a batch */
};

/* Closed: the store must not be used. What the engine remembers is still what was last saved. */
enum engine_state { ENGINE_CLOSED, ENGINE_OPEN };

struct engine {
    enum engine_state state;
    const struct service *service;
    const struct config *config;
    struct store *store;
    const struct seal *seal; /* set before it is opened; null: the service seals nothing */
    struct sealing sealing;
    struct walking walking;
    int16_t centre;
    void *memory; /* what service->open made */
    struct arena *memory_arena;
    atomic_int generation; /* how often memory was made anew; the readers watch it */
    struct position head;  /* of its own journal */
    int64_t last_ms;       /* business time never runs backwards in a journal */
    int n_follows;
    struct position cursors[FOLLOWS_MAX];
    struct reach reach; /* as far as it has heard; of what is saved */
    int64_t wake_ms;    /* when tick wants to run; INT64_MAX: never */
    int64_t ticked_ms;  /* all work due up to then is done */
    int64_t *held;      /* cases with parked events: their later events are parked too */
    size_t n_held, held_room;
    struct tally tally;
    /* called with the events of each batch once they are durable, in order; may be null */
    void (*on_commit)(void *context, const struct event *, size_t n);
    void *context;
};

/* Read head, cursors, parked cases and reference tables from the store. Call it again after a lost
 * connection. */
MUST_USE enum status engine_open(struct engine *, const struct service *, struct store *,
                                 const struct config *);
/* The owner of the followed journal with this index had heard so far by the cursor. */
void engine_learn(struct engine *, int follow, const struct marks *heard);

/* Its own mark now, with `said` events more than are saved. */
struct mark engine_mark(const struct engine *, size_t said);

/* The connection to the store is lost. */
void engine_lose(struct engine *);
void engine_close(struct engine *);

/* Fill an item from a request: find its route, and check all that can be checked without rows. */
struct outcome engine_admit(const struct service *, const struct request *, struct arena *,
                            struct item *);

/* Fill an item from an event of the followed journal with this index. */
void engine_hear(const struct engine *, int follow, const struct event *, struct item *);

/* ---- for batch.h and decide.h */

/* A command was refused for this reason. */
void engine_refused(struct engine *, Onedoor__Reason);

/* Its reach follows its head and cursors, which are saved. */
void engine_move(struct engine *);

/* The index of a stream among those the service follows; -1 when it does not follow it. */
int engine_follow(const struct service *, const char *stream);

/* Hold a case (0, no case, is never held), and ask whether it is held. */
void engine_hold(struct engine *, int64_t case_number);
bool engine_holds(const struct engine *, int64_t case_number);

/* Read again which cases are held, and the reference tables; on failure the old ones stay. */
MUST_USE enum status engine_read_parked(struct engine *, struct arena *);
MUST_USE enum status engine_read_memory(struct engine *);

#endif
