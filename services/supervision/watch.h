/* SPDX-License-Identifier: Apache-2.0 */
/* watch.h: the watches of a turn: opened, brought up to an instant, given a new clock, ended.
 *
 * Before anything heard is applied to a watch it is settled: what its old clock had reached by then
 * is issued, at the instant it was reached. So the cards follow from the journals, and it does not
 * matter how late the tick was. A card is issued once: the watch remembers the highest. */
#ifndef SUPERVISION_WATCH_H
#define SUPERVISION_WATCH_H

#include "common/rows/turn.h"
#include "onedoor/envelope.pb-c.h"
#include "services/supervision/rows.h"

/* Ask for the watches, or the cards, of a case. */
void supervision_want_watches(struct turn *, int64_t case_number);
void supervision_want_cards(struct turn *, int64_t case_number);

/* Which term of which work. */
struct watched {
    int64_t case_number;
    int16_t task;
    enum term term;
};

struct watch_row *supervision_watch_find(struct turn *, const struct watched *);
/* The highest card of it, or null. */
struct card_row *supervision_card_highest(struct turn *, const struct watched *);

/* Start, by the service's own calendar, a clock that no other service keeps: RULE H4 with 0 days.
 */
void supervision_watch_start(const struct turn *, struct watch_row *, int64_t began_ms,
                             int16_t days);

/* Begin to watch. The row needs its key, department, item, immediate, clock and deadline; of work
 * that was watched before want the cards too: none is issued twice. */
void supervision_watch_open(struct turn *, const struct watch_row *);

/* Issue what the watch's clock reached before `at_ms`. */
void supervision_watch_settle(struct turn *, struct watch_row *, int64_t at_ms);

/* Where the deadlines lie that no other service says: by the calendar as it is. */
void supervision_watch_derive_due(struct turn *, struct watch_row *);

/* Set the clock and the deadline. Nothing is said or written when they are the same as before. */
void supervision_watch_set(struct turn *, struct watch_row *, const Onedoor__Clock *);

/* Look again when the next level comes; RULE L45: not at all while the clock is paused. */
void supervision_watch_schedule(struct turn *, struct watch_row *);

#endif
