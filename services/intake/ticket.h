/* SPDX-License-Identifier: Apache-2.0 */
/* ticket.h: what the commands of tickets share: which queue somebody waits in, its tickets of
 * today, and the moves of one (moves.h). */
#ifndef INTAKE_TICKET_H
#define INTAKE_TICKET_H

#include "common/rows/turn.h"
#include "services/intake/catalogue.h"
#include "services/intake/moves.h"
#include "services/intake/waiting.h"

/* Where somebody waits. */
struct ticket_place {
    const char *queue;
    const char *item;    /* null = for a window */
    int16_t only_window; /* 0 = any of the queue */
};

/* The queue of a window; null: there is no such window, or nobody is called to it: only
 * clerks of a department and cashiers sit at a window of their own. */
const char *ticket_queue_of(const struct catalogue *, int32_t window);

/* For an item ("" = none) or a window (0 = none): exactly one is given. Refuses what nobody serves
 * now. */
struct outcome ticket_place_find(const struct turn *, const char *item, int32_t window,
                                 struct ticket_place *);

/* Wants the tickets of a queue today; gives them once they are there, in the arena. They are listed
 * once a turn. */
void ticket_want_queue(struct turn *, const char *queue);
struct waiting ticket_waiting(struct turn *, const char *queue);

/* Adds a ticket of today, which is listed from then on. */
struct ticket_row *ticket_add(struct turn *, const struct ticket_row *);

/* Today's ticket of this number in the queue; null: there is none. */
struct ticket_row *ticket_find(struct turn *, const char *queue, int32_t number);

/* The ticket that is at the window, of those of its queue; null: none. */
const struct ticket_row *ticket_at(struct turn *, const char *queue, int32_t window);

/* Who waits for the window alone waits for any of its queue from now on. */
void ticket_free_window(struct turn *, const char *queue, int32_t window);

/* When tickets are given out next; 0: they are given out now. They are in the hours of a working
 * day, lunch included, or always, as the hall is set up. */
int64_t ticket_opens_ms(const struct catalogue *, int64_t now_ms);

/* The day of the turn, in the hall. */
struct day ticket_today(const struct turn *);

/* What a move is made with: where it is called, or transferred to. */
struct ticket_move {
    enum ticket_event on;
    int16_t window;                /* ON_CALL, ON_CALL_AGAIN */
    const struct ticket_place *to; /* ON_TRANSFER */
};

/* Whether the ticket may be moved; nothing is changed. */
struct outcome ticket_may_move(struct turn *, const struct ticket_row *,
                               const struct ticket_move *);

/* Moves it, and says so. A refusal by the moves table changes nothing. */
struct outcome ticket_make_move(struct turn *, struct ticket_row *, const struct ticket_move *);

/* tick: the tickets of days that are over end. */
void ticket_want_ended(struct turn *);
void ticket_end_days(struct turn *);

#endif
