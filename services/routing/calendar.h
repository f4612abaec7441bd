/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h: RULE L82: the calendar that intake publishes. It holds for new work from the event
 * on; the deadlines of open work are derived anew by a walk (walk.h), which announces those that
 * move. */
#ifndef ROUTING_CALENDAR_H
#define ROUTING_CALENDAR_H

#include "common/rows/walk.h"

void routing_need_calendar(struct turn *, const struct heard *);
struct outcome routing_hear_calendar(struct turn *, const struct heard *);

extern const struct walk routing_walks[];

#endif
