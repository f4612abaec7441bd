/* SPDX-License-Identifier: Apache-2.0 */
/* hallclock.h: the business clock of a simulated hall, and whether the hall has done everything
 * that is due by it.
 *
 * The clock is a file (the setting clock_file) that the services read at each turn. It is moved
 * only when the hall is quiet: every follower has read every journal to its end, and everything due
 * has been done. So what happens in the hall follows from the plan alone, however slow or broken
 * the services are meanwhile. */
#ifndef SIMULATE_HALLCLOCK_H
#define SIMULATE_HALLCLOCK_H

#include "common/bus/client.h"

struct hallclock;

/* Open the clock file that the hall was started with; null when it cannot be written. */
struct hallclock *hallclock_new(const char *path);
void hallclock_free(struct hallclock **);

void hallclock_set(struct hallclock *, int64_t now_ms);

/* Wait until the hall is quiet at the present instant. Two rounds of Health that agree prove
 * it: a hall whose followers were at the end of the journals both times, and whose journals did not
 * grow in between, was quiet in between. False when it is not within five minutes (printed on
 * stderr). */
MUST_USE bool hallclock_settle(struct hallclock *, struct client *);

#endif
