/* SPDX-License-Identifier: Apache-2.0 */
/* readers.h: the thread of a service's query lane: it hands queries to the readers (reader_pool.h),
 * beside the batches, and sends their answers. What is asked again while it is being read is read
 * once. */
#ifndef COMMON_READERS_H
#define COMMON_READERS_H

#include <stdatomic.h>

#include "common/bus/mailbox.h"
#include "common/rows/declare.h"
#include "common/service/reach.h"

struct readers;
struct seal;

/* Null (logged) when it cannot be started. `generation` is the engine's: when it has risen, the
 * thread reads the reference tables again. `seal`: the hall's keys, or null. */
struct readers *readers_start(struct bus *, const struct service *, const struct config *,
                              const struct seal *seal, const atomic_int *generation);
/* How far the service has heard, once that is saved: a query waits until it is as far as its caller
 * has seen. For the thread of the loop. */
void readers_tell(struct readers *, const struct reach *);
/* After bus_shut. */
void readers_stop(struct readers **);

#endif
