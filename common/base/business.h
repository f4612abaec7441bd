/* SPDX-License-Identifier: Apache-2.0 */
/* business.h: business time, by which terms run and events are dated: real time or, in a simulated
 * hall, what its driver wrote into the clock file. */
#ifndef COMMON_BUSINESS_H
#define COMMON_BUSINESS_H

#include <stdint.h>

#include "common/base/status.h"

/* Business time in ms UTC. */
int64_t business_ms(void);

/* Takes business time from a file of 8 bytes (ms UTC, this machine's byte order) from now on. Call
 * it once, before the first thread starts. */
MUST_USE enum status business_drive(const char *path);
/* The same, but the file says by how many ms business time is ahead of real time. */
MUST_USE enum status business_shift(const char *path);

#endif
