/* SPDX-License-Identifier: Apache-2.0 */
/* loop_clock.h: a service whose clock is doubted (timekeeper.h) refuses work: commands are refused,
 * and events and ticks wait. It still answers queries and Health, which says why, and its
 * followers. It goes on when the clock is right again, or when an operator accepts it, which its
 * journal records (ClockAccepted). */
#ifndef COMMON_LOOP_CLOCK_H
#define COMMON_LOOP_CLOCK_H

#include "common/service/loop_parts.h"

/* Compare the clocks; from time to time PostgreSQL's too. */
MUST_USE enum status loop_clock_look(struct loop *);

bool loop_clock_trusted(const struct loop *);
/* Why a command is refused meanwhile. */
struct outcome loop_clock_doubted(const struct loop *, struct arena *);

/* AcceptClock, from an operator. The status is the batch's. */
enum status loop_clock_accept(struct loop *, const struct actor *, const Onedoor__AcceptClock *,
                              struct outcome *);

#endif
