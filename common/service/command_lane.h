/* SPDX-License-Identifier: Apache-2.0 */
/* command_lane.h: commands on their way from the socket through the queue into a batch, and their
 * replies. */
#ifndef COMMON_COMMAND_LANE_H
#define COMMON_COMMAND_LANE_H

#include "common/service/loop_parts.h"

/* Read the socket: what arrives is queued, or answered with BUSY or UNAVAILABLE without work. */
void command_lane_drain(struct loop *);

/* Queue again what was set aside and waits no longer. */
void command_lane_wake(struct loop *);

/* Move queued commands into the batch, as many as it may hold; refuse those that are late or not
 * well formed, and set aside those whose callers have seen what is not heard of here yet. */
void command_lane_take(struct loop *);

/* Answer the commands of the batch that was run with this status, but for those that are to be
 * decided again. */
void command_lane_answer(struct loop *, enum status);

/* Answer queued commands, as many as a batch may hold, with the reason why the clock is doubted, or
 * with the reply that was kept when they were done. */
MUST_USE enum status command_lane_refuse(struct loop *);

#endif
