/* SPDX-License-Identifier: Apache-2.0 */
/* sealing.h: the keys of a service that seals (sealed.h), from its start on: they must be those
 * that its rows are sealed with, and rows sealed with an older one are sealed with the newest, a
 * slice with each tick, beside the other work.
 *
 *   NONE      the service seals nothing
 *   TO_ENTER  keys are new: the next tick enters them in seal_key
 *   WALKS     each tick takes the next slice of rows
 *   RESTS     all is sealed with the newest key */
#ifndef COMMON_SEALING_H
#define COMMON_SEALING_H

#include "common/base/seal.h"
#include "common/base/status.h"
#include "common/rows/store.h"
#include "common/rows/turn.h"

enum { SEALING_SLICE = 64, SEALING_PAUSE_MS = 20 };

enum sealing_state { SEALING_NONE, SEALING_TO_ENTER, SEALING_WALKS, SEALING_RESTS };

struct sealing {
    enum sealing_state state;
    const struct seal *seal;
    const struct table *const *tables; /* of the service */
    int table;                         /* the one being walked */
    void *last;                        /* its last row that was looked at; null: at its start */
    struct arena *arena;               /* of `last` */
    int64_t resealed, broken;          /* rows of this walk */
    /* what the tick decided; it holds once the turn is saved */
    struct {
        enum sealing_state state;
        int table;
        const void *last;
        int64_t resealed, broken;
    } next;
};

/* Compare the keys with those that the rows are sealed with. STATUS_INVALID (logged): one is
 * missing or another. `seal` null: nothing is sealed. */
MUST_USE enum status sealing_open(struct sealing *, const struct seal *, struct store *);
void sealing_close(struct sealing *);

/* For decide.c, with a tick. */
void sealing_need(const struct sealing *, struct turn *);
void sealing_tick(struct sealing *, struct turn *);
/* For batch.c: the turn of a tick is saved. */
void sealing_saved(struct sealing *);

#endif
