/* SPDX-License-Identifier: Apache-2.0 */
/* wallclock.h: the clocks of a process. Business time is real time or, in a simulated hall, what
 * its driver wrote into the clock file. Waiting is measured on the monotonic clock, which nobody
 * sets. */
#ifndef COMMON_WALLCLOCK_H
#define COMMON_WALLCLOCK_H

#include <stdint.h>

#include "common/base/status.h"

int64_t monotonic_ms(void);
int64_t monotonic_us(void);

/* Business time in ms UTC. */
int64_t business_ms(void);

/* Takes business time from a file of 8 bytes (ms UTC, this machine's byte order) from now on. Call
 * it once, before the first thread starts. */
MUST_USE enum status business_drive(const char *path);

#endif
