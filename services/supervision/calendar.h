/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h: RULE L82: what a published calendar, or the correction of a day, changes of the
 * watches, by a walk (walk.h). Cards that a corrected day does not bear out are withdrawn (RULE
 * H12) and stay on record. */
#ifndef SUPERVISION_CALENDAR_H
#define SUPERVISION_CALENDAR_H

#include "common/rows/walk.h"
#include "onedoor/envelope.pb-c.h"
#include "services/supervision/rows.h"

/* Its subject is the CorrectedDay, or nothing. */
extern const struct walk supervision_walks[];

/* Withdraws each card of the watch that was issued on the corrected day or later and whose level
 * its clock, corrected already, had not reached at `at_ms`. A card that is withdrawn is issued
 * again when its level is reached. The cards of the case are wanted. A day that was worked after
 * all makes no card doubtful. */
void supervision_watch_doubt(struct turn *, struct watch_row *, const Onedoor__CorrectedDay *,
                             int64_t at_ms);

#endif
