/* SPDX-License-Identifier: Apache-2.0 */
/* attempts.h: how long the next attempt to sign in must wait. Wrong passwords slow down the place
 * they come from, a known device or else an address; no number of them shuts a person out
 * elsewhere. Pure. */
#ifndef GATEWAY_ATTEMPTS_H
#define GATEWAY_ATTEMPTS_H

#include <stdint.h>

/* Wrong passwords that still count, and when the last one came, ms UTC. */
struct attempts {
    int64_t failures, last_ms;
};

/* After `free` failures the next attempt waits `first_ms` from the last one, and twice as long
 * after each further one, up to `most_ms`. */
struct attempts_limits {
    int64_t free, first_ms, most_ms;
};

/* From `now_ms` on, in ms; 0: at once. */
int64_t attempts_wait_ms(const struct attempts *, const struct attempts_limits *, int64_t now_ms);

#endif
