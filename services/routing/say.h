/* SPDX-License-Identifier: Apache-2.0 */
/* say.h: routing's rows as messages of the wire, and what routing says in its journal. */
#ifndef ROUTING_SAY_H
#define ROUTING_SAY_H

#include "common/values/term.h"
#include "onedoor/routing.pb-c.h"
#include "services/routing/work.h"

/* Messages in the arena; text is borrowed from the row. */
Onedoor__Clock *routing_clock_message(const struct clock *, const struct calendar *,
                                      struct arena *);
Onedoor__Routing__Task *routing_task_message(const struct task_row *, const struct calendar *,
                                             struct arena *);
Onedoor__Routing__PauseLine *routing_pause_message(const struct pause_row *,
                                                   const struct calendar *, struct arena *);

Onedoor__TermClock *routing_term_message(const struct flow_row *, enum term,
                                         const struct calendar *, struct arena *);

/* A deadline that a published calendar has moved: of a case (task 0) by one of its terms, or of a
 * branch. */
struct moved {
    int64_t case_number;
    int task;
    enum term term;
    const struct clock *clock;
    int64_t from_ms;
    Onedoor__CorrectedDay *corrected; /* null: by a publication */
};
void routing_say_moved(struct turn *, const struct calendar *, const struct moved *);

/* Each says one event about the case, with its clocks as they stand then. */
void routing_say_stage_opened(const struct work *);
void routing_say_decided(const struct work *, bool case_resumed); /* work->task */
void routing_say_taken(const struct work *, const char *from);    /* work->task */
void routing_say_released(const struct work *);                   /* work->task */
void routing_say_returned(const struct work *);                   /* work->task */
void routing_say_reopened(const struct work *);
void routing_say_paused(const struct work *, const struct pause_row *);
void routing_say_resumed(const struct work *, const struct pause_row *);
void routing_say_extended(const struct work *);
void routing_say_granted(const struct work *);
void routing_say_denied(const struct work *, const char *reason);
void routing_say_cancelled(const struct work *);

#endif
