/* SPDX-License-Identifier: Apache-2.0 */
/* hears.h: what the hearings of both journals do with the watches of a case, and their tables. */
#ifndef SUPERVISION_HEARS_H
#define SUPERVISION_HEARS_H

#include "services/supervision/supervision.h"
#include "services/supervision/watch.h"

extern const struct hearing supervision_hears_intake[], supervision_hears_routing[];

void supervision_need_watches(struct turn *, const struct heard *);
/* Of what opens again: its cards too. */
void supervision_need_reopened(struct turn *, const struct heard *);

/* A watch of the case, with its key begun. */
struct watch_row supervision_watch_of(const struct turn *, const struct heard *);
void supervision_watch_take(struct watch_row *, const Onedoor__Clock *said);

/* Settles the watches of the journal that the event is from (intake's, or routing's); an earlier
 * event of the other journal may still be on its way. */
void supervision_watches_settle(struct turn *, const struct heard *, bool of_intake);

/* Nothing fires on what is closed: the watches go, the cards stay. */
void supervision_watches_end(struct turn *, const struct heard *, bool of_intake);

#endif
