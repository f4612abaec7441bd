/* SPDX-License-Identifier: Apache-2.0 */
/* published.h: RULE H11: the flow that intake publishes with a version of an item, for the cases
 * that begin under it. */
#ifndef ROUTING_PUBLISHED_H
#define ROUTING_PUBLISHED_H

#include "common/rows/turn.h"

void published_need(struct turn *, const struct heard *);
struct outcome published_hear(struct turn *, const struct heard *);

#endif
