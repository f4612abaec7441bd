/* SPDX-License-Identifier: Apache-2.0 */
/* journal_lane.h: what a service answers beside its batches: Fetch by followers, Health, and
 * RetryParked and AcceptClock by an operator. */
#ifndef COMMON_JOURNAL_LANE_H
#define COMMON_JOURNAL_LANE_H

#include "common/service/loop_parts.h"

/* Read the socket. OK, or how a batch of parked events failed: the loop deals with that as with any
 * batch of its own. */
MUST_USE enum status journal_lane_drain(struct loop *);

#endif
