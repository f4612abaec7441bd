/* SPDX-License-Identifier: Apache-2.0 */
/* supervision.h: the parts of the supervision service, put together in service.c.
 *
 * Everything open is watched by its clock (watch.h), as intake and routing say it (hears.c). Cards
 * are issued by the tick when a clock reaches a level (lamp.h), found by the index on the derived
 * instant: the work grows with what is due, not with what is open. */
#ifndef SUPERVISION_SUPERVISION_H
#define SUPERVISION_SUPERVISION_H

#include "common/rows/declare.h"
#include "common/rows/turn.h"
#include "common/values/calendar.h"
#include "services/supervision/lamp.h"

/* What the service remembers: made by supervision_open, read only. */
struct supervision {
    struct calendar calendar;
    struct lamp_scale scale;
    int64_t grace_ms; /* how long a due instant is left for news of work done before it */
};

extern const struct service supervision_service;
extern const struct route supervision_routes[];
extern const struct check supervision_checks[];
extern const struct query supervision_queries[];
extern const struct follow supervision_follows[];

enum status supervision_open(struct store *, const struct config *, struct arena *, void **memory);

#endif
