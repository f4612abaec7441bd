/* SPDX-License-Identifier: Apache-2.0 */
/* walk.h: work over every open row of a table, a slice with each tick, beside ordinary batches:
 * deadlines derived anew when a calendar is published, clocks corrected when a past day is.
 *
 * A turn must not grow with the hall. So a handler that concerns all open work changes only what
 * new work needs at once (the calendar), and starts a walk. How far the walk has come is a row of
 * the table `walk`, saved in the transaction of each slice: after a kill it goes on from there, and
 * no row is met twice or left out. Several walks run one after the other, in the order in which
 * they were started. Health says how many are under way and how many rows the first has met.
 *
 *   static const struct walk walks[] = {                        // service.walks
 *       {.name = "calendar", .table = &flow_table, .need = want_tasks, .step = move_flow},
 *       {.name = NULL},
 *   };
 *
 *   need:    walk_want(turn);
 *   handle:  walk_start(turn, "calendar", message_pack(&what_changed.base, turn->arena));
 *
 * Between two slices commands and events change rows that the walk has not met yet. They work by
 * what holds already (the new calendar), so a step changes nothing that it finds right. */
#ifndef COMMON_WALK_H
#define COMMON_WALK_H

#include "common/rows/corridor.h"
#include "common/rows/turn.h"

/* What a walk does. `table` has whole numbers as its key, at most WALK_KEYS of them behind the
 * centre, and a column that says which rows are open (rows_want_open). */
struct walk {
    const char *name;
    const struct table *table;
    /* Wants what goes with a row that will be met in this turn. May be null. */
    void (*need)(struct turn *, const void *row);
    /* What the steps of this turn share, in the turn's arena. May be null. */
    void *(*open)(struct turn *, const struct walk_row *);
    /* Handles one row. `turn` is a tick's: a step works at turn->now_ms. */
    void (*step)(struct turn *, struct walk_row *, void *shared, void *row);
    /* All rows were met, in this turn. May be null. */
    void (*done)(struct turn *, const struct walk_row *);
};

/* For the `need` of a handler that starts a walk. */
void walk_want(struct turn *);
/* Start a walk of the service behind those that are under way. `subject` lives in the turn's arena
 * and may be empty. */
void walk_start(struct turn *, const char *name, struct bytes subject);

#endif
