/* SPDX-License-Identifier: Apache-2.0 */
/* engine_inside.h: what engine.c (opening, items) and batch.c (running them) share, and nobody
 * else. */
#ifndef COMMON_ENGINE_INSIDE_H
#define COMMON_ENGINE_INSIDE_H

#include "common/service/batch.h"

/* The index of a stream among those the service follows; -1 when it follows no such stream. */
int engine_follow(const struct service *, const char *stream);

/* A case with a parked event is held: its later events are parked behind it. */
bool engine_holds(const struct engine *, int64_t case_number);
void engine_hold(struct engine *, int64_t case_number);

/* Which cases are held, read anew. */
MUST_USE enum status engine_read_parked(struct engine *, struct arena *);

/* The service's memory (its reference tables), read anew; on failure the old one stays. */
MUST_USE enum status engine_read_memory(struct engine *);

#endif
