/* SPDX-License-Identifier: Apache-2.0 */
/* watch.h: is the hall well again after a fault? All processes are ready, each lane of each service
 * answers, each service can write, every follower has heard what was said when the question was
 * put, and the gateway says that it is ready. */
#ifndef CHAOS_WATCH_H
#define CHAOS_WATCH_H

#include "common/bus/client.h"

struct watch;

/* Null (logged): no bus. */
struct watch *watch_new(const struct config *);
void watch_free(struct watch **);

/* Begins to ask anew, and forgets what was answered. */
void watch_begin(struct watch *);

/* Asks on, for at most some 50 ms. True once all is well. */
bool watch_turn(struct watch *);

/* How many events all journals had when they were asked last. */
int64_t watch_said(const struct watch *);

/* What was not well when it was looked at last, for people. */
const char *watch_fault(const struct watch *);

#endif
