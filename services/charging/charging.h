/* SPDX-License-Identifier: Apache-2.0 */
/* charging.h: the parts of the charging service, put together in service.c.
 *
 * RULE H3: one order a case, paid at one window.  RULE H8: amounts follow from standard and facts.
 * RULE L58, L59: by the published standard, all of it to the treasury. */
#ifndef CHARGING_CHARGING_H
#define CHARGING_CHARGING_H

#include "common/rows/declare.h"
#include "common/rows/turn.h"
#include "services/charging/schedule.h"

/* What the service remembers: made by charging_open, read only. */
struct charging {
    struct fee_schedule schedule;
    int32_t utc_offset_min; /* of the hall's own day */
};

extern const struct service charging_service;
extern const struct route charging_routes[];
extern const struct seconded charging_seconded[];
extern const struct query charging_queries[];
extern const struct follow charging_follows[];

enum status charging_open(struct store *, const struct config *, struct arena *, void **memory);

/* The hall's own date at an instant. */
int32_t charging_day(const struct charging *, int64_t ms);

#endif
