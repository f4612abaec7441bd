/* SPDX-License-Identifier: Apache-2.0 */
/* routing.h: the routing service: how an accepted case goes through the departments, stage by
 * stage, and the clocks it is measured by. */
#ifndef ROUTING_ROUTING_H
#define ROUTING_ROUTING_H

#include "common/rows/declare.h"
#include "common/rows/turn.h"

extern const struct service routing_service;

extern const struct route routing_routes[];
extern const struct seconded routing_seconded[];
extern const struct query routing_queries[];
extern const struct check routing_checks[];
extern const struct follow routing_follows[];

/* Reads the calendar and the published flows: a struct routing_memory (work.h). */
enum status routing_open(struct store *, const struct config *, struct arena *, void **memory);

#endif
