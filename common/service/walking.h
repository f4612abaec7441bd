/* SPDX-License-Identifier: Apache-2.0 */
/* walking.h: runs a service's walks (walk.h): with each tick a slice of the first one.
 *
 * A slice is bounded by rows (slice_rows) and by time: when a batch with a tick took longer than
 * slice_ms, the next slice is half as large; when it took less than half of that, twice as large
 * again. */
#ifndef COMMON_WALKING_H
#define COMMON_WALKING_H

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/rows/store.h"
#include "common/rows/walk.h"

struct walking {
    const struct walk *walks; /* of the service; may be null */
    struct walk_row first;    /* the one that is walked; its name is null when there is none */
    size_t n;                 /* under way */
    int rows;                 /* of the next slice */
    int rows_max;
    int64_t slice_ms;
    struct arena *arena; /* of `first` */
};

/* Read from the store which walks are under way. */
MUST_USE enum status walking_open(struct walking *, struct store *, const struct config *);
void walking_close(struct walking *);

/* For decide.c, with a tick. walking_need_more: whether it wanted any rows. */
void walking_need(const struct walking *, struct turn *);
bool walking_need_more(const struct walking *, struct turn *);
void walking_tick(const struct walking *, struct turn *);

/* For batch.c: a turn is saved. */
void walking_saved(struct walking *, struct turn *);

/* A batch took so long. It says something about slices only when it had a tick. */
void walking_took(struct walking *, bool ticked, int64_t ms);

#endif
