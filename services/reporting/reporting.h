/* SPDX-License-Identifier: Apache-2.0 */
/* reporting.h: the parts of the reporting service, put together in service.c.
 *
 * It follows the journals of all the others and says nothing itself. What an event changes in a
 * dossier stands in hears_*.c, a function an event; what that means for timeline and figures stands
 * once, in entry.h. */
#ifndef REPORTING_REPORTING_H
#define REPORTING_REPORTING_H

#include "common/rows/declare.h"
#include "common/rows/turn.h"
#include "common/values/calendar.h"

/* What the service remembers: made by reporting_open, read only. */
struct reporting {
    struct calendar calendar; /* for dates, and for which years are published; deadlines come as
                                 said */
};

extern const struct service reporting_service;
extern const struct query reporting_queries[];
extern const struct check reporting_checks[];
extern const struct follow reporting_follows[];

/* Its handlers of the events of each journal; each ends with a null message. */
extern const struct hearing reporting_hears_intake[], reporting_hears_routing[],
    reporting_hears_charging[], reporting_hears_supervision[];

/* Events that several journals have (hears_approval.c): a line of the timeline each. */
struct outcome reporting_hear_asked(struct turn *, const struct heard *);
struct outcome reporting_hear_answered(struct turn *, const struct heard *);

enum status reporting_open(struct store *, const struct config *, struct arena *, void **memory);

#endif
