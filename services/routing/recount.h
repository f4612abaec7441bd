/* SPDX-License-Identifier: Apache-2.0 */
/* recount.h: the clocks of a case, counted again from what is on record of it: when they began, its
 * procedures, its extension, the ways back of its branches. RULE L82: so a corrected day counts as
 * if it had been known for what it was from the beginning. Pure.
 *
 * What a clock has been given in minutes and days (struct clock) follows from these facts and the
 * calendar alone, so counting again by the same calendar changes nothing. */
#ifndef ROUTING_RECOUNT_H
#define ROUTING_RECOUNT_H

#include "services/routing/flows.h"
#include "services/routing/rows.h"

/* A case in approval. Borrowed; the rows of the pauses in any order. */
struct facts {
    const struct item_flow *published;
    const struct pause_row *pauses;
    size_t n_pauses;
};

/* Whether the clock of the case (task 0), or of a branch, pauses for it: a procedure of one
 * department pauses the case and none of its branches. */
bool routing_pause_concerns(const struct pause_row *, int16_t task);

/* The terms of the case, and the clock and deadline of an open branch, by the calendar. What was
 * needed of the arena is not needed afterwards. */
void routing_recount_case(struct flow_row *, const struct facts *, const struct calendar *,
                          struct arena *);
void routing_recount_branch(struct task_row *, const struct facts *, const struct calendar *,
                            struct arena *);

#endif
